package bench.naming

deny contains msg if {
	some resource in input.planned_values.root_module.resources
	not regex.match(`^[a-z][a-z0-9_]{2,40}$`, resource.name)
	msg := concat(" ", [resource.address, "should be called", lower(resource.name)])
}

buckets := {name: resource.address |
	some resource in input.planned_values.root_module.resources
	resource.type == "aws_s3_bucket"
	name := resource.values.bucket
}

deny contains msg if {
	some resource in input.planned_values.root_module.resources
	resource.type == "aws_s3_bucket_policy"
	not buckets[resource.values.bucket]
	msg := sprintf("%s is about a bucket that is not in the plan", [resource.address])
}
