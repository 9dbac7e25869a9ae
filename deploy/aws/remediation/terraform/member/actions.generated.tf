# Written by npm run generate from the actions themselves: what each needs to mend, and what undoing needs.
locals {
  actions = {
    accessanalyzer_enable = [
      {
        actions = [
          "access-analyzer:ListAnalyzers",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "access-analyzer:CreateAnalyzer",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "iam:CreateServiceLinkedRole",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/*",
        ]
        conditions = [
          { test = "StringEquals", variable = "iam:AWSServiceName", values = ["access-analyzer.amazonaws.com", "guardduty.amazonaws.com"] },
        ]
      },
    ]
    ami_block_public = [
      {
        actions = [
          "ec2:GetImageBlockPublicAccessState",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:EnableImageBlockPublicAccess",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
    ]
    ami_public = [
      {
        actions = [
          "ec2:DescribeImageAttribute",
          "ec2:DescribeImages",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:ModifyImageAttribute",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*::image/*",
        ]
        conditions = []
      },
    ]
    cloudtrail_logging = [
      {
        actions = [
          "cloudtrail:DescribeTrails",
          "cloudtrail:GetTrailStatus",
          "cloudtrail:ListTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "cloudtrail:StartLogging",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/*",
        ]
        conditions = []
      },
    ]
    cloudtrail_multi_region = [
      {
        actions = [
          "cloudtrail:GetTrail",
          "cloudtrail:ListTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "cloudtrail:UpdateTrail",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/*",
        ]
        conditions = []
      },
    ]
    cloudtrail_validation = [
      {
        actions = [
          "cloudtrail:DescribeTrails",
          "cloudtrail:GetTrail",
          "cloudtrail:ListTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "cloudtrail:UpdateTrail",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/*",
        ]
        conditions = []
      },
    ]
    dynamodb_pitr = [
      {
        actions = [
          "dynamodb:DescribeContinuousBackups",
          "dynamodb:ListTables",
          "dynamodb:ListTagsOfResource",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "dynamodb:UpdateContinuousBackups",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:dynamodb:*:${data.aws_caller_identity.current.account_id}:table/*",
        ]
        conditions = []
      },
    ]
    ebs_snapshot_block_public = [
      {
        actions = [
          "ec2:GetSnapshotBlockPublicAccessState",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:EnableSnapshotBlockPublicAccess",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
    ]
    ebs_snapshot_public = [
      {
        actions = [
          "ec2:DescribeSnapshotAttribute",
          "ec2:DescribeSnapshots",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:ModifySnapshotAttribute",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*::snapshot/*",
        ]
        conditions = []
      },
    ]
    ebs_unencrypted = [
      {
        actions = [
          "ec2:DescribeVolumes",
          "ec2:GetEbsDefaultKmsKeyId",
          "ec2:GetEbsEncryptionByDefault",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:EnableEbsEncryptionByDefault",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
    ]
    ecr_public_policy = [
      {
        actions = [
          "ecr:GetRepositoryPolicy",
          "ecr:ListTagsForResource",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ecr:DeleteRepositoryPolicy",
          "ecr:SetRepositoryPolicy",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ecr:*:${data.aws_caller_identity.current.account_id}:repository/*",
        ]
        conditions = []
      },
    ]
    ecr_scan_on_push = [
      {
        actions = [
          "ecr:DescribeRepositories",
          "ecr:ListTagsForResource",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ecr:PutImageScanningConfiguration",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ecr:*:${data.aws_caller_identity.current.account_id}:repository/*",
        ]
        conditions = []
      },
    ]
    eks_public_endpoint = [
      {
        actions = [
          "eks:DescribeCluster",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "eks:UpdateClusterConfig",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:eks:*:${data.aws_caller_identity.current.account_id}:cluster/*",
        ]
        conditions = []
      },
    ]
    elb_http_redirect = [
      {
        actions = [
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "elasticloadbalancing:ModifyListener",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:elasticloadbalancing:*:${data.aws_caller_identity.current.account_id}:listener/app/*/*/*",
        ]
        conditions = []
      },
    ]
    guardduty_enable = [
      {
        actions = [
          "guardduty:GetDetector",
          "guardduty:ListDetectors",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "guardduty:CreateDetector",
          "guardduty:UpdateDetector",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "iam:CreateServiceLinkedRole",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/*",
        ]
        conditions = [
          { test = "StringEquals", variable = "iam:AWSServiceName", values = ["access-analyzer.amazonaws.com", "guardduty.amazonaws.com"] },
        ]
      },
    ]
    iam_access_key_stale = [
      {
        actions = [
          "iam:GetAccessKeyLastUsed",
          "iam:GetUser",
          "iam:ListAccessKeys",
          "iam:ListUsers",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "iam:UpdateAccessKey",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:user/*",
        ]
        conditions = []
      },
    ]
    iam_password_policy = [
      {
        actions = [
          "iam:GetAccountPasswordPolicy",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "iam:UpdateAccountPasswordPolicy",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
    ]
    imdsv2_default = [
      {
        actions = [
          "ec2:GetInstanceMetadataDefaults",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:ModifyInstanceMetadataDefaults",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
    ]
    imdsv2_required = [
      {
        actions = [
          "cloudwatch:GetMetricStatistics",
          "ec2:DescribeInstances",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:ModifyInstanceMetadataOptions",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:instance/i-*",
        ]
        conditions = []
      },
    ]
    kms_pending_deletion = [
      {
        actions = [
          "kms:DescribeKey",
          "kms:ListResourceTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "kms:CancelKeyDeletion",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:kms:*:${data.aws_caller_identity.current.account_id}:key/*",
        ]
        conditions = []
      },
    ]
    kms_rotation = [
      {
        actions = [
          "kms:GetKeyRotationStatus",
          "kms:ListKeys",
          "kms:ListResourceTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "kms:EnableKeyRotation",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:kms:*:${data.aws_caller_identity.current.account_id}:key/*",
        ]
        conditions = []
      },
    ]
    lambda_public_policy = [
      {
        actions = [
          "lambda:GetPolicy",
          "lambda:ListTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "lambda:RemovePermission",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:lambda:*:${data.aws_caller_identity.current.account_id}:function:*",
        ]
        conditions = []
      },
    ]
    nacl_admin_open = [
      {
        actions = [
          "ec2:DescribeNetworkAcls",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:ReplaceNetworkAclEntry",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:network-acl/acl-*",
        ]
        conditions = []
      },
    ]
    rds_backup_retention = [
      {
        actions = [
          "rds:DescribeDBInstances",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBInstance",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:db:*",
        ]
        conditions = []
      },
    ]
    rds_cluster_copy_tags = [
      {
        actions = [
          "rds:DescribeDBClusters",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBCluster",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:cluster:*",
        ]
        conditions = []
      },
    ]
    rds_cluster_deletion_protection = [
      {
        actions = [
          "rds:DescribeDBClusters",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBCluster",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:cluster:*",
        ]
        conditions = []
      },
    ]
    rds_copy_tags = [
      {
        actions = [
          "rds:DescribeDBInstances",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBInstance",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:db:*",
        ]
        conditions = []
      },
    ]
    rds_deletion_protection = [
      {
        actions = [
          "rds:DescribeDBInstances",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBInstance",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:db:*",
        ]
        conditions = []
      },
    ]
    rds_minor_upgrades = [
      {
        actions = [
          "rds:DescribeDBInstances",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBInstance",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:db:*",
        ]
        conditions = []
      },
    ]
    rds_public = [
      {
        actions = [
          "rds:DescribeDBInstances",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBInstance",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:db:*",
        ]
        conditions = []
      },
    ]
    rds_snapshot_public = [
      {
        actions = [
          "rds:DescribeDBClusterSnapshotAttributes",
          "rds:DescribeDBClusterSnapshots",
          "rds:DescribeDBSnapshotAttributes",
          "rds:DescribeDBSnapshots",
          "rds:ListTagsForResource",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "rds:ModifyDBClusterSnapshotAttribute",
          "rds:ModifyDBSnapshotAttribute",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:*snapshot:*",
        ]
        conditions = []
      },
    ]
    redshift_public = [
      {
        actions = [
          "redshift:DescribeClusters",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "redshift:ModifyCluster",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:redshift:*:${data.aws_caller_identity.current.account_id}:cluster:*",
        ]
        conditions = []
      },
    ]
    s3_access_logging = [
      {
        actions = [
          "s3:GetBucketLogging",
          "s3:GetBucketTagging",
          "s3:ListAllMyBuckets",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "s3:PutBucketLogging",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:s3:::*",
        ]
        conditions = []
      },
    ]
    s3_account_public_access = [
      {
        actions = [
          "s3:GetAccountPublicAccessBlock",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "s3:PutAccountPublicAccessBlock",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
    ]
    s3_bucket_public_access = [
      {
        actions = [
          "cloudfront:ListDistributions",
          "s3:GetBucketPublicAccessBlock",
          "s3:GetBucketTagging",
          "s3:GetBucketWebsite",
          "s3:ListAllMyBuckets",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "s3:PutBucketPublicAccessBlock",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:s3:::*",
        ]
        conditions = []
      },
    ]
    s3_bucket_public_acl = [
      {
        actions = [
          "cloudfront:ListDistributions",
          "s3:GetBucketAcl",
          "s3:GetBucketTagging",
          "s3:GetBucketWebsite",
          "s3:ListAllMyBuckets",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "s3:PutBucketAcl",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:s3:::*",
        ]
        conditions = []
      },
    ]
    s3_secure_transport = [
      {
        actions = [
          "s3:GetBucketPolicy",
          "s3:GetBucketTagging",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "s3:PutBucketPolicy",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:s3:::*",
        ]
        conditions = []
      },
    ]
    s3_versioning = [
      {
        actions = [
          "s3:GetBucketTagging",
          "s3:GetBucketVersioning",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "s3:PutBucketVersioning",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:s3:::*",
        ]
        conditions = []
      },
    ]
    sg_default_restrict = [
      {
        actions = [
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSecurityGroupRules",
          "ec2:DescribeSecurityGroups",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:RevokeSecurityGroupEgress",
          "ec2:RevokeSecurityGroupIngress",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group/sg-*",
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group-rule/*",
        ]
        conditions = []
      },
    ]
    sg_open_to_world = [
      {
        actions = [
          "ec2:DescribeSecurityGroupRules",
          "ec2:DescribeSecurityGroups",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:RevokeSecurityGroupIngress",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group/sg-*",
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group-rule/*",
        ]
        conditions = []
      },
    ]
    sns_public = [
      {
        actions = [
          "sns:GetTopicAttributes",
          "sns:ListTagsForResource",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "sns:SetTopicAttributes",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:sns:*:${data.aws_caller_identity.current.account_id}:*",
        ]
        conditions = []
      },
    ]
    sqs_public = [
      {
        actions = [
          "sqs:GetQueueAttributes",
          "sqs:ListQueueTags",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "sqs:SetQueueAttributes",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:sqs:*:${data.aws_caller_identity.current.account_id}:*",
        ]
        conditions = []
      },
    ]
    sqs_sse = [
      {
        actions = [
          "sqs:GetQueueAttributes",
          "sqs:ListQueueTags",
          "sqs:ListQueues",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "sqs:SetQueueAttributes",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:sqs:*:${data.aws_caller_identity.current.account_id}:*",
        ]
        conditions = []
      },
    ]
    ssm_document_public = [
      {
        actions = [
          "ssm:DescribeDocumentPermission",
          "ssm:ListDocuments",
          "ssm:ListTagsForResource",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ssm:ModifyDocumentPermission",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ssm:*:${data.aws_caller_identity.current.account_id}:document/*",
        ]
        conditions = []
      },
    ]
    subnet_public_ip = [
      {
        actions = [
          "ec2:DescribeSubnets",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:ModifySubnetAttribute",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:subnet/subnet-*",
        ]
        conditions = []
      },
    ]
    vpc_flow_logs = [
      {
        actions = [
          "ec2:DescribeFlowLogs",
          "ec2:DescribeVpcs",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:CreateFlowLogs",
          "logs:CreateLogDelivery",
        ]
        resources = [
          "*",
        ]
        conditions = []
      },
      {
        actions = [
          "ec2:CreateTags",
        ]
        resources = [
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group-rule/*",
          "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:vpc-flow-log/*",
        ]
        conditions = [
          { test = "StringEquals", variable = "ec2:CreateAction", values = ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateFlowLogs"] },
        ]
      },
    ]
  }

  undo = [
    {
      actions = [
        "access-analyzer:ListAnalyzers",
        "cloudfront:ListDistributions",
        "cloudtrail:DescribeTrails",
        "cloudtrail:GetTrail",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:ListTags",
        "cloudwatch:GetMetricStatistics",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:ListTables",
        "dynamodb:ListTagsOfResource",
        "ec2:DescribeFlowLogs",
        "ec2:DescribeImageAttribute",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkAcls",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroupRules",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSnapshotAttribute",
        "ec2:DescribeSnapshots",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:DescribeVpcs",
        "ec2:GetEbsDefaultKmsKeyId",
        "ec2:GetEbsEncryptionByDefault",
        "ec2:GetImageBlockPublicAccessState",
        "ec2:GetInstanceMetadataDefaults",
        "ec2:GetSnapshotBlockPublicAccessState",
        "ecr:DescribeRepositories",
        "ecr:GetRepositoryPolicy",
        "ecr:ListTagsForResource",
        "eks:DescribeCluster",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeTags",
        "guardduty:GetDetector",
        "guardduty:ListDetectors",
        "iam:GetAccessKeyLastUsed",
        "iam:GetAccountPasswordPolicy",
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:ListUsers",
        "kms:DescribeKey",
        "kms:GetKeyRotationStatus",
        "kms:ListKeys",
        "kms:ListResourceTags",
        "lambda:GetPolicy",
        "lambda:ListTags",
        "rds:DescribeDBClusterSnapshotAttributes",
        "rds:DescribeDBClusterSnapshots",
        "rds:DescribeDBClusters",
        "rds:DescribeDBInstances",
        "rds:DescribeDBSnapshotAttributes",
        "rds:DescribeDBSnapshots",
        "rds:ListTagsForResource",
        "redshift:DescribeClusters",
        "s3:GetAccountPublicAccessBlock",
        "s3:GetBucketAcl",
        "s3:GetBucketLogging",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetBucketWebsite",
        "s3:ListAllMyBuckets",
        "sns:GetTopicAttributes",
        "sns:ListTagsForResource",
        "sqs:GetQueueAttributes",
        "sqs:ListQueueTags",
        "sqs:ListQueues",
        "ssm:DescribeDocumentPermission",
        "ssm:ListDocuments",
        "ssm:ListTagsForResource",
      ]
      resources = [
        "*",
      ]
      conditions = []
    },
    {
      actions = [
        "access-analyzer:DeleteAnalyzer",
        "ec2:DeleteFlowLogs",
        "ec2:DisableEbsEncryptionByDefault",
        "ec2:DisableImageBlockPublicAccess",
        "ec2:DisableSnapshotBlockPublicAccess",
        "ec2:EnableSnapshotBlockPublicAccess",
        "ec2:ModifyInstanceMetadataDefaults",
        "guardduty:DeleteDetector",
        "guardduty:UpdateDetector",
        "iam:DeleteAccountPasswordPolicy",
        "iam:UpdateAccountPasswordPolicy",
        "logs:DeleteLogDelivery",
        "s3:PutAccountPublicAccessBlock",
      ]
      resources = [
        "*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:ModifyImageAttribute",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*::image/*",
      ]
      conditions = []
    },
    {
      actions = [
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/*",
      ]
      conditions = []
    },
    {
      actions = [
        "dynamodb:UpdateContinuousBackups",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:dynamodb:*:${data.aws_caller_identity.current.account_id}:table/*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:ModifySnapshotAttribute",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*::snapshot/*",
      ]
      conditions = []
    },
    {
      actions = [
        "ecr:PutImageScanningConfiguration",
        "ecr:SetRepositoryPolicy",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ecr:*:${data.aws_caller_identity.current.account_id}:repository/*",
      ]
      conditions = []
    },
    {
      actions = [
        "eks:UpdateClusterConfig",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:eks:*:${data.aws_caller_identity.current.account_id}:cluster/*",
      ]
      conditions = []
    },
    {
      actions = [
        "elasticloadbalancing:ModifyListener",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:elasticloadbalancing:*:${data.aws_caller_identity.current.account_id}:listener/app/*/*/*",
      ]
      conditions = []
    },
    {
      actions = [
        "iam:UpdateAccessKey",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:user/*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:ModifyInstanceMetadataOptions",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:instance/i-*",
      ]
      conditions = []
    },
    {
      actions = [
        "kms:DisableKeyRotation",
        "kms:EnableKeyRotation",
        "kms:ScheduleKeyDeletion",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:kms:*:${data.aws_caller_identity.current.account_id}:key/*",
      ]
      conditions = []
    },
    {
      actions = [
        "lambda:AddPermission",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:lambda:*:${data.aws_caller_identity.current.account_id}:function:*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:ReplaceNetworkAclEntry",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:network-acl/acl-*",
      ]
      conditions = []
    },
    {
      actions = [
        "rds:ModifyDBInstance",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:db:*",
      ]
      conditions = []
    },
    {
      actions = [
        "rds:ModifyDBCluster",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:cluster:*",
      ]
      conditions = []
    },
    {
      actions = [
        "rds:ModifyDBClusterSnapshotAttribute",
        "rds:ModifyDBSnapshotAttribute",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:rds:*:${data.aws_caller_identity.current.account_id}:*snapshot:*",
      ]
      conditions = []
    },
    {
      actions = [
        "redshift:ModifyCluster",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:redshift:*:${data.aws_caller_identity.current.account_id}:cluster:*",
      ]
      conditions = []
    },
    {
      actions = [
        "s3:DeleteBucketPolicy",
        "s3:PutBucketAcl",
        "s3:PutBucketLogging",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:s3:::*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group/sg-*",
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group-rule/*",
      ]
      conditions = []
    },
    {
      actions = [
        "sns:SetTopicAttributes",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:sns:*:${data.aws_caller_identity.current.account_id}:*",
      ]
      conditions = []
    },
    {
      actions = [
        "sqs:SetQueueAttributes",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:sqs:*:${data.aws_caller_identity.current.account_id}:*",
      ]
      conditions = []
    },
    {
      actions = [
        "ssm:ModifyDocumentPermission",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ssm:*:${data.aws_caller_identity.current.account_id}:document/*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:ModifySubnetAttribute",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:subnet/subnet-*",
      ]
      conditions = []
    },
    {
      actions = [
        "ec2:CreateTags",
      ]
      resources = [
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:security-group-rule/*",
        "arn:${data.aws_partition.current.partition}:ec2:*:${data.aws_caller_identity.current.account_id}:vpc-flow-log/*",
      ]
      conditions = [
        { test = "StringEquals", variable = "ec2:CreateAction", values = ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateFlowLogs"] },
      ]
    },
  ]
}
