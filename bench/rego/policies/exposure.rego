package bench.exposure

import data.bench.plan

deny contains msg if {
	some bucket in plan.resources("aws_s3_bucket")
	bucket.values.acl in {"public-read", "public-read-write"}
	msg := sprintf("%s is public", [bucket.address])
}

deny contains msg if {
	some group in plan.resources("aws_security_group")
	some rule in group.values.ingress
	"0.0.0.0/0" in rule.cidr_blocks
	some port in [22, 3389]
	rule.from_port <= port
	rule.to_port >= port
	msg := sprintf("%s opens port %d to the world", [group.address, port])
}
