output "mender_role_arn" {
  value       = aws_iam_role.mender.arn
  description = "For the member module in other accounts."
}

output "bus" {
  value       = aws_cloudwatch_event_bus.findings.arn
  description = "For batten aws --send eventbridge --bus."
}

output "slack_request_url" {
  value       = "${aws_apigatewayv2_api.approval.api_endpoint}/slack"
  description = "The Slack app's request URL for interactivity."
}

output "table" {
  value       = aws_dynamodb_table.record.name
  description = "For batten remediate --table."
}

output "freeze_parameter" {
  value       = aws_ssm_parameter.freeze.name
  description = "Says off, or nothing changes."
}

output "function" {
  value       = aws_lambda_function.mender.function_name
  description = "For batten remediate approve --invoke."
}

output "key_alias" {
  value       = aws_kms_alias.remediation.name
  description = "The key that secrets are put with."
}
