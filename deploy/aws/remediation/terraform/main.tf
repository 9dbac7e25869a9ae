# Batten's remediation: findings come by EventBridge, a function mends them or asks, and a second one takes the answers.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60"
    }
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.4"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  mender_name   = "${var.prefix}-remediation"
  approval_name = "${var.prefix}-approval"
  # By their names, since each must know the other, or itself, before it is made.
  mender_arn = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${local.mender_name}"
  # Where secrets are put by hand; nothing here reads their values.
  parameters = "arn:${local.partition}:ssm:${local.region}:${local.account}:parameter"

  # What both functions read when they start; see docs/remediation.md.
  environment = {
    BATTEN_TABLE                   = aws_dynamodb_table.record.name
    BATTEN_SETTINGS_PARAMETER      = aws_ssm_parameter.settings.name
    BATTEN_FREEZE_PARAMETER        = aws_ssm_parameter.freeze.name
    BATTEN_KEYS_PARAMETER          = var.keys_parameter
    BATTEN_SLACK_WEBHOOK_PARAMETER = var.slack_webhook_parameter == null ? "" : var.slack_webhook_parameter
    BATTEN_SLACK_SECRET_PARAMETER  = var.slack_secret_parameter == null ? "" : var.slack_secret_parameter
    BATTEN_TICKET_PARAMETER        = var.ticket_parameter == null ? "" : var.ticket_parameter
    BATTEN_ENDPOINT                = aws_apigatewayv2_api.approval.api_endpoint
    BATTEN_FUNCTION                = local.mender_name
  }
  secrets = compact([
    var.keys_parameter,
    var.slack_webhook_parameter,
    var.slack_secret_parameter,
    var.ticket_parameter,
  ])
}

module "here" {
  source = "./member"
  count  = var.mend_this_account ? 1 : 0

  prefix               = var.prefix
  mender_role_arn      = aws_iam_role.mender.arn
  external_id          = var.external_id
  operator_role_arns   = var.operator_role_arns
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}
