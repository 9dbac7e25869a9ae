# The record: who changed what, what it was before, locks, caps, and what waits for a decision.
resource "aws_dynamodb_table" "record" {
  name                        = "${var.prefix}-remediation"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = true
  tags                        = var.tags

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  # Locks and counts only: what belongs to the record has no such attribute.
  ttl {
    attribute_name = "forgetAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.remediation.arn
  }
}

resource "aws_ssm_parameter" "settings" {
  name        = "/${var.prefix}/settings"
  description = "What Batten's remediation may do"
  tier        = "Intelligent-Tiering"
  type        = "SecureString"
  key_id      = aws_kms_key.remediation.arn
  # Who may put events on the bus may speak of any region and account; nobody else can.
  value = jsonencode(merge({
    sources     = ["batten"]
    detailTypes = ["Batten Finding"]
    reporters   = concat([local.account], var.scanner_account_ids)
  }, var.settings))
  tags = var.tags
}

# The switch: nothing changes unless it says "off". It starts frozen, and only people move it.
resource "aws_ssm_parameter" "freeze" {
  name        = "/${var.prefix}/freeze"
  description = "Batten changes nothing unless this says off"
  type        = "SecureString"
  key_id      = aws_kms_key.remediation.arn
  value       = "on"
  tags        = var.tags

  lifecycle {
    ignore_changes = [value]
  }
}
