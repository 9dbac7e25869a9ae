resource "aws_sns_topic" "alarms" {
  name              = "${var.prefix}-alarms"
  kms_master_key_id = aws_kms_key.remediation.arn
  tags              = var.tags
}

resource "aws_sns_topic_subscription" "email" {
  count = var.alarm_email == null ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

locals {
  alarms = {
    undelivered = {
      what      = "Findings did not reach the function: look into the queue"
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum"
      dimension = { QueueName = aws_sqs_queue.undelivered.name }
    }
    failed = {
      what      = "A mend failed or was done in part: look into the queue and at batten remediate list"
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum"
      dimension = { QueueName = aws_sqs_queue.failed.name }
    }
    errors = {
      what      = "The function threw"
      namespace = "AWS/Lambda", metric = "Errors", statistic = "Sum"
      dimension = { FunctionName = aws_lambda_function.mender.function_name }
    }
    throttles = {
      what      = "More findings at once than the function may handle"
      namespace = "AWS/Lambda", metric = "Throttles", statistic = "Sum"
      dimension = { FunctionName = aws_lambda_function.mender.function_name }
    }
    approval-errors = {
      what      = "The approval endpoint threw"
      namespace = "AWS/Lambda", metric = "Errors", statistic = "Sum"
      dimension = { FunctionName = aws_lambda_function.approval.function_name }
    }
    capped = {
      what      = "A cap was reached: a flood of findings, or a check that went wrong"
      namespace = "Batten/Remediation", metric = "Capped", statistic = "Sum"
      dimension = { Outcome = "QUEUED" }
    }
    partial = {
      what      = "A change was done in part: undo it, or finish it by hand"
      namespace = "Batten/Remediation", metric = "Events", statistic = "Sum"
      dimension = { Outcome = "PARTIAL" }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = local.alarms

  alarm_name          = "${var.prefix}-remediation-${each.key}"
  alarm_description   = each.value.what
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimension
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = var.tags
}
