package org.encryption_test

import rego.v1

import data.org.encryption

test_bucket[note] if {
	some note, tc in {
		"nothing said": {"bucket": {}, "want": 1},
		"a key of AWS's": {"bucket": encrypted({"sse_algorithm": "AES256"}), "want": 1},
		"KMS without a key": {"bucket": encrypted({"sse_algorithm": "aws:kms"}), "want": 1},
		"KMS with a key": {
			"bucket": encrypted({"sse_algorithm": "aws:kms", "kms_master_key_id": "alias/ours"}),
			"want": 0,
		},
	}
	denied := encryption.deny_bucket with input as {"resource": {"aws_s3_bucket": {"b": tc.bucket}}}
	count(denied) == tc.want
}

test_volume[note] if {
	some note, tc in {
		"nothing said": {"resource": {"aws_ebs_volume": {"v": {}}}, "want": 1},
		"no": {"resource": {"aws_ebs_volume": {"v": {"encrypted": false}}}, "want": 1},
		"yes": {"resource": {"aws_ebs_volume": {"v": {"encrypted": true}}}, "want": 0},
		"root device": {"resource": {"aws_instance": {"i": {"root_block_device": [{}]}}}, "want": 1},
		"one of two devices": {
			"resource": {"aws_instance": {"i": {"ebs_block_device": [{"encrypted": true}, {}]}}},
			"want": 1,
		},
		"no device": {"resource": {"aws_instance": {"i": {}}}, "want": 0},
	}
	denied := encryption.deny_volume with input.resource as tc.resource
	count(denied) == tc.want
}

test_database[note] if {
	some note, tc in {
		"nothing said": {"resource": {"aws_db_instance": {"d": {}}}, "want": 1},
		"yes": {"resource": {"aws_db_instance": {"d": {"storage_encrypted": true}}}, "want": 0},
		"cluster": {"resource": {"aws_rds_cluster": {"d": {}}}, "want": 1},
	}
	denied := encryption.deny_database with input.resource as tc.resource
	count(denied) == tc.want
}

encrypted(by) := {"server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [by]}]}]}
