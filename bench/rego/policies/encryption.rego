package bench.encryption

storage := {"aws_ebs_volume", "aws_db_instance"}

encrypted(resource) if resource.values.encrypted == true

encrypted(resource) if resource.values.storage_encrypted == true

encrypted(resource) if startswith(resource.values.kms_key_id, "arn:aws:kms:")

deny contains {"msg": msg, "address": resource.address} if {
	some resource in input.planned_values.root_module.resources
	resource.type in storage
	not encrypted(resource)
	msg := "storage is not encrypted"
}
