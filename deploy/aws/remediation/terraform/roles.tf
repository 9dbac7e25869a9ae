data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

# What both functions need: the record, their parameters, the key, their logs.
data "aws_iam_policy_document" "common" {
  statement {
    sid       = "Record"
    actions   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.record.arn]
  }

  # Locks are given back and messages struck off; what happened is never taken out.
  statement {
    sid       = "Forget"
    actions   = ["dynamodb:DeleteItem"]
    resources = [aws_dynamodb_table.record.arn]
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["lock", "notice"]
    }
  }

  statement {
    sid       = "Parameters"
    actions   = ["ssm:GetParameter"]
    resources = concat([aws_ssm_parameter.settings.arn, aws_ssm_parameter.freeze.arn], [for name in local.secrets : "${local.parameters}${name}"])
  }

  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.remediation.arn]
  }

  # An approved job is started by a call, so that the answer to the click does not wait for it.
  statement {
    sid       = "Start"
    actions   = ["lambda:InvokeFunction"]
    resources = [local.mender_arn]
  }

  statement {
    sid       = "Traces"
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "mender" {
  source_policy_documents = [data.aws_iam_policy_document.common.json]

  # The function itself may change nothing: it takes the role of one action, narrowed to one resource.
  statement {
    sid       = "Actions"
    actions   = ["sts:AssumeRole"]
    resources = [var.organization_id == null ? "arn:${local.partition}:iam::${local.account}:role/${var.prefix}-*" : "arn:${local.partition}:iam::*:role/${var.prefix}-*"]
    dynamic "condition" {
      for_each = compact([var.organization_id])
      content {
        test     = "StringEquals"
        variable = "aws:ResourceOrgID"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "Failed"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed.arn]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.mender.arn}:*"]
  }
}

data "aws_iam_policy_document" "approval" {
  source_policy_documents = [data.aws_iam_policy_document.common.json]

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.approval.arn}:*"]
  }
}

resource "aws_iam_role" "mender" {
  name                 = local.mender_name
  assume_role_policy   = data.aws_iam_policy_document.lambda.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "mender" {
  name   = "remediation"
  role   = aws_iam_role.mender.id
  policy = data.aws_iam_policy_document.mender.json
}

resource "aws_iam_role" "approval" {
  name                 = local.approval_name
  assume_role_policy   = data.aws_iam_policy_document.lambda.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "approval" {
  name   = "approval"
  role   = aws_iam_role.approval.id
  policy = data.aws_iam_policy_document.approval.json
}
