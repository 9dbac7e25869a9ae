package bench.regions

allowed := ["eu-west-1", "eu-central-1"]

deny contains msg if {
	resource := input.planned_values.root_module.resources[_]
	zone := resource.values.availability_zone
	not is_allowed(zone)
	msg := sprintf("%s is in %s", [resource.address, zone])
}

is_allowed(zone) if {
	region := allowed[_]
	startswith(zone, region)
}
