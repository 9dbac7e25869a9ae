# The roles that the function assumes in an account, one for each action, and one for people who undo.
# A session is narrowed further, to one purpose and one resource.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  chosen = { for id, statements in local.actions : id => statements if var.actions == null ? true : contains(var.actions, id) }
}

data "aws_iam_policy_document" "mender" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.mender_role_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "action" {
  for_each = local.chosen

  dynamic "statement" {
    for_each = each.value
    content {
      actions   = statement.value.actions
      resources = statement.value.resources
      dynamic "condition" {
        for_each = statement.value.conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role" "action" {
  for_each = local.chosen

  name                 = "${var.prefix}-${replace(each.key, "_", "-")}"
  description          = "Batten: ${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.mender.json
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "action" {
  for_each = local.chosen

  name   = "remediation"
  role   = aws_iam_role.action[each.key].id
  policy = data.aws_iam_policy_document.action[each.key].json
}

data "aws_iam_policy_document" "operators" {
  count = length(var.operator_role_arns) > 0 ? 1 : 0

  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = var.operator_role_arns
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "undo" {
  dynamic "statement" {
    for_each = local.undo
    content {
      actions   = statement.value.actions
      resources = statement.value.resources
      dynamic "condition" {
        for_each = statement.value.conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role" "undo" {
  count = length(var.operator_role_arns) > 0 ? 1 : 0

  name                 = "${var.prefix}-undo"
  description          = "Batten: take back what was mended"
  assume_role_policy   = data.aws_iam_policy_document.operators[0].json
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "undo" {
  count = length(var.operator_role_arns) > 0 ? 1 : 0

  name   = "remediation"
  role   = aws_iam_role.undo[0].id
  policy = data.aws_iam_policy_document.undo.json
}
