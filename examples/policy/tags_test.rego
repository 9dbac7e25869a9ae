package org.tags_test

import rego.v1

import data.org.tags

settings := {"required": ["owner", "cost"], "types": ["aws_s3_bucket"]}

test_missing_tags_are_named[note] if {
	some note, tc in {
		"no tags at all": {"values": {}, "want": {"owner", "cost"}},
		"one of two": {"values": {"tags": {"owner": "me"}}, "want": {"cost"}},
		"an empty one": {"values": {"tags": {"owner": "me", "cost": ""}}, "want": {"cost"}},
		"both": {"values": {"tags": {"owner": "me", "cost": "1"}}, "want": set()},
		"from the provider": {"values": {"tags_all": {"owner": "me", "cost": "1"}}, "want": set()},
	}
	denied := tags.deny with input as {"resource": {"aws_s3_bucket": {"b": tc.values}}}
		with data.settings.tags as settings
	{key | some d in denied; key := split(d.msg, "'")[3]} == tc.want
}

test_other_types_need_no_tags if {
	count(tags.deny) == 0 with input as {"resource": {"aws_iam_role": {"r": {}}}}
		with data.settings.tags as settings
}

test_a_denial_names_its_resource if {
	some denied in tags.deny with input as {"resource": {"aws_s3_bucket": {"b": {"tags": {"cost": "1"}}}}}
		with data.settings.tags as settings
	denied == {
		"msg": "aws_s3_bucket 'b' has no tag 'owner'",
		"resource": "b",
		"resource_type": "aws_s3_bucket",
	}
}
