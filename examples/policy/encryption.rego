# METADATA
# title: Data at rest is encrypted with a key of ours
# description: >-
#   With a key of our own we decide who may decrypt, and see in the trail who did; a provider's key does neither.
# custom:
#   severity: HIGH
package org.encryption

import rego.v1

# METADATA
# title: Buckets are encrypted with a KMS key
# custom:
#   id: org_bucket_encryption
#   remediation: Set sse_algorithm to aws:kms and kms_master_key_id to a key of ours.
deny_bucket contains msg if {
	some name, bucket in input.resource.aws_s3_bucket
	not has_kms_key(bucket)
	msg := sprintf("bucket '%s' is not encrypted with a KMS key", [name])
}

has_kms_key(bucket) if {
	some configuration in bucket.server_side_encryption_configuration
	some rule in configuration.rule
	some algorithm in rule.apply_server_side_encryption_by_default
	algorithm.sse_algorithm in {"aws:kms", "aws:kms:dsse"}
	algorithm.kms_master_key_id != ""
}

# METADATA
# title: Volumes are encrypted
# custom:
#   id: org_volume_encryption
#   remediation: Set encrypted to true; copy the data of an existing volume through an encrypted snapshot.
deny_volume contains msg if {
	some name, volume in input.resource.aws_ebs_volume
	not volume.encrypted == true
	msg := sprintf("volume '%s' is not encrypted", [name])
}

deny_volume contains msg if {
	some name, instance in input.resource.aws_instance
	some kind in ["root_block_device", "ebs_block_device"]
	some device in instance[kind]
	not device.encrypted == true
	msg := sprintf("instance '%s' has a %s that is not encrypted", [name, kind])
}

# METADATA
# title: Databases are encrypted
# custom:
#   id: org_database_encryption
#   remediation: Set storage_encrypted to true; restore an existing database from an encrypted copy of its snapshot.
deny_database contains msg if {
	some type in ["aws_db_instance", "aws_rds_cluster"]
	some name, database in input.resource[type]
	not database.storage_encrypted == true
	msg := sprintf("%s '%s' is not encrypted", [type, name])
}
