# METADATA
# title: Nothing is open to the world that need not be
# description: What everybody reaches, somebody scans within the hour.
# custom:
#   severity: HIGH
package org.exposure

import rego.v1

# METADATA
# title: No administration port is open to the world
# custom:
#   id: org_admin_ports
#   severity: CRITICAL
#   remediation: Name the networks that may connect, or use Session Manager.
deny_admin_port contains msg if {
	some name, group in input.resource.aws_security_group
	some rule in group.ingress
	is_open(rule)
	some port in data.settings.exposure.admin_ports
	covers(rule, port)
	msg := sprintf("security group '%s' opens port %d to the world", [name, port])
}

# METADATA
# title: In production only web ports are open to the world
# custom:
#   id: org_production_ports
#   remediation: Put a load balancer in front, and open the port to its security group only.
deny_port contains msg if {
	input.account_tags.environment == "production"
	some name, group in input.resource.aws_security_group
	some rule in group.ingress
	is_open(rule)
	not is_web(rule)
	msg := sprintf(
		"security group '%s' opens ports %d to %d of %s to the world in production",
		[name, rule.from_port, rule.to_port, rule.protocol],
	)
}

# METADATA
# title: No bucket is public by its ACL
# custom:
#   id: org_public_acl
#   remediation: Remove the ACL, and grant access by a bucket policy that names who may read.
deny_acl contains msg if {
	some name, bucket in input.resource.aws_s3_bucket
	bucket.acl in {"public-read", "public-read-write", "authenticated-read"}
	msg := sprintf("bucket '%s' is %s", [name, bucket.acl])
}

# METADATA
# title: No database has a public address
# custom:
#   id: org_public_database
#   remediation: Set publicly_accessible to false.
deny_database contains msg if {
	some name, database in input.resource.aws_db_instance
	database.publicly_accessible == true
	msg := sprintf("database '%s' has a public address", [name])
}

# METADATA
# title: Instances have no public address of their own
# custom:
#   id: org_public_instance
warn_instance contains msg if {
	some name, instance in input.resource.aws_instance
	instance.associate_public_ip_address == true
	msg := sprintf("instance '%s' has a public address", [name])
}

is_open(rule) if "0.0.0.0/0" in rule.cidr_blocks

is_open(rule) if "::/0" in rule.ipv6_cidr_blocks

covers(rule, _) if rule.protocol in {"-1", "all"}

covers(rule, port) if {
	rule.protocol in {"tcp", "6", "udp", "17"}
	rule.from_port <= port
	port <= rule.to_port
}

is_web(rule) if {
	rule.protocol in {"tcp", "6"}
	rule.from_port == rule.to_port
	rule.from_port in data.settings.exposure.public_ports
}
