package org.exposure_test

import rego.v1

import data.org.exposure

ssh := {"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}

test_admin_port[note] if {
	some note, tc in {
		"open": {"rule": ssh, "want": 1},
		"open by IPv6": {"rule": object.union(ssh, {"cidr_blocks": [], "ipv6_cidr_blocks": ["::/0"]}), "want": 1},
		"within a range": {"rule": object.union(ssh, {"from_port": 0, "to_port": 1024}), "want": 1},
		"of every protocol": {"rule": {"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}, "want": 2},
		"to a network": {"rule": object.union(ssh, {"cidr_blocks": ["10.0.0.0/8"]}), "want": 0},
		"another port": {"rule": object.union(ssh, {"from_port": 443, "to_port": 443}), "want": 0},
	}
	denied := exposure.deny_admin_port with input.resource as group(tc.rule)
		with data.settings.exposure.admin_ports as [22, 3389]
	count(denied) == tc.want
}

test_port_in_production[note] if {
	some note, tc in {
		"a web port": {"environment": "production", "port": 443, "want": 0},
		"a database's": {"environment": "production", "port": 5432, "want": 1},
		"out of production": {"environment": "sandbox", "port": 5432, "want": 0},
	}
	denied := exposure.deny_port with input.account_tags.environment as tc.environment
		with input.resource as group(object.union(ssh, {"from_port": tc.port, "to_port": tc.port}))
		with data.settings.exposure.public_ports as [80, 443]
	count(denied) == tc.want
}

test_acl if {
	exposure.deny_acl == {"bucket 'b' is public-read"} with input.resource as {"aws_s3_bucket": {
		"b": {"acl": "public-read"},
		"c": {"acl": "private"},
		"d": {},
	}}
}

test_database if {
	exposure.deny_database == {"database 'd' has a public address"} with input.resource as {"aws_db_instance": {
		"d": {"publicly_accessible": true},
		"e": {"publicly_accessible": false},
	}}
}

test_instance if {
	exposure.warn_instance == {"instance 'i' has a public address"} with input.resource as {"aws_instance": {
		"i": {"associate_public_ip_address": true},
		"j": {},
	}}
}

group(rule) := {"aws_security_group": {"g": {"ingress": [rule]}}}
