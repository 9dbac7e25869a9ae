package org.regions_test

import rego.v1

import data.org.regions

test_only_other_regions_are_denied[note] if {
	some note, tc in {
		"allowed": {"region": "eu-west-1", "want": 0},
		"another": {"region": "us-east-1", "want": 1},
	}
	denied := regions.deny with input as {"resources": [bucket(tc.region)]}
		with data.settings.regions.allowed as ["eu-west-1"]
	count(denied) == tc.want
}

test_what_has_no_region_is_left_alone if {
	role := {"id": "aws_iam_role.r", "type": "aws_iam_role", "name": "r"}
	count(regions.deny) == 0 with input as {"resources": [role]}
		with data.settings.regions.allowed as ["eu-west-1"]
}

test_a_setting_of_every_region_is_left_alone if {
	setting := {"id": "123456789012/us-east-1", "type": "aws_region", "name": "us-east-1", "region": "us-east-1"}
	count(regions.deny) == 0 with input as {"resources": [setting]}
		with data.settings.regions.allowed as ["eu-west-1"]
		with data.settings.regions.everywhere as ["aws_region"]
}

test_the_message_says_where if {
	some denied in regions.deny with input as {"resources": [bucket("us-east-1")]}
		with data.settings.regions.allowed as ["eu-west-1"]
	denied.msg == "aws_s3_bucket 'b' is in us-east-1"
	denied.resource == "aws_s3_bucket.b"
}

bucket(region) := {
	"id": "aws_s3_bucket.b",
	"type": "aws_s3_bucket",
	"name": "b",
	"region": region,
}
