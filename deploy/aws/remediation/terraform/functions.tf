data "archive_file" "bundle" {
  type        = "zip"
  source_dir  = var.bundle
  output_path = "${path.module}/.build/batten.zip"
}

resource "aws_lambda_function" "mender" {
  function_name = local.mender_name
  description   = "Mends what Batten found, or asks"
  role          = aws_iam_role.mender.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  architectures = ["arm64"]
  memory_size   = 512
  timeout       = 120

  filename                       = data.archive_file.bundle.output_path
  source_code_hash               = data.archive_file.bundle.output_base64sha256
  reserved_concurrent_executions = var.concurrency
  kms_key_arn                    = aws_kms_key.remediation.arn
  tags                           = var.tags

  environment {
    variables = merge(local.environment, {
      BATTEN_ROLE        = "arn:{partition}:iam::{account}:role/${var.prefix}-{action}"
      BATTEN_EXTERNAL_ID = var.external_id
    })
  }

  # What it throws is tried twice more, and then kept here.
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.mender.name
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function_event_invoke_config" "mender" {
  function_name                = aws_lambda_function.mender.function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 3600
}

resource "aws_lambda_function" "approval" {
  function_name = local.approval_name
  description   = "Takes decisions on what waits"
  role          = aws_iam_role.approval.arn
  handler       = "index.approval"
  runtime       = "nodejs22.x"
  architectures = ["arm64"]
  memory_size   = 512
  timeout       = 10

  filename                       = data.archive_file.bundle.output_path
  source_code_hash               = data.archive_file.bundle.output_base64sha256
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.remediation.arn
  tags                           = var.tags

  environment {
    variables = local.environment
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.approval.name
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_cloudwatch_log_group" "mender" {
  name              = "/aws/lambda/${local.mender_name}"
  retention_in_days = var.retention_days
  kms_key_id        = aws_kms_key.remediation.arn
  tags              = var.tags
}

resource "aws_cloudwatch_log_group" "approval" {
  name              = "/aws/lambda/${local.approval_name}"
  retention_in_days = var.retention_days
  kms_key_id        = aws_kms_key.remediation.arn
  tags              = var.tags
}
