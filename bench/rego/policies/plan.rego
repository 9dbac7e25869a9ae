package bench.plan

resources(type) := [resource |
	some resource in input.planned_values.root_module.resources
	resource.type == type
]
