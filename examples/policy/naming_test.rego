package org.naming_test

import rego.v1

import data.org.naming

test_names_match_whole[note] if {
	some note, tc in {
		"as it has to be": {"bucket": "acme-logs", "want": 0},
		"another": {"bucket": "logs", "want": 1},
		"only in part": {"bucket": "not-acme-logs", "want": 1},
		"a letter too many": {"bucket": "acme-Logs", "want": 1},
	}
	denied := naming.deny with input as bucket({"bucket": tc.bucket})
		with data.settings.naming as {"aws_s3_bucket": {"attribute": "bucket", "pattern": "acme-[a-z]+"}}
	count(denied) == tc.want
}

# Terraform makes one up.
test_no_name_is_no_wrong_name if {
	count(naming.deny) == 0 with input as bucket({})
		with data.settings.naming as {"aws_s3_bucket": {"attribute": "bucket", "pattern": "acme-[a-z]+"}}
}

test_the_denial_points_at_the_name if {
	some denied in naming.deny with input as bucket({"bucket": "logs"})
		with data.settings.naming as {"aws_s3_bucket": {"attribute": "bucket", "pattern": "acme-[a-z]+"}}
	denied.msg == "aws_s3_bucket 'logs' does not match acme-[a-z]+"
	denied.path == "bucket"
}

bucket(values) := {"resource": {"aws_s3_bucket": {"b": values}}}
