package bench.tags

required := {"owner", "environment"}

deny contains msg if {
	some resource in input.planned_values.root_module.resources
	missing := required - object.keys(object.get(resource.values, "tags", {}))
	count(missing) > 0
	msg := sprintf("%s lacks the tags %v", [resource.address, missing])
}
