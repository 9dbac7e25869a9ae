resource "aws_kms_key" "data" {
  description = "shop data"
}

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.t3.medium"
  allocated_storage       = 100
  username                = "shop"
  manage_master_user_password = true
  storage_encrypted       = local.production
  kms_key_id              = aws_kms_key.data.arn
  publicly_accessible     = true
  backup_retention_period = local.production ? 7 : 0
  deletion_protection     = false
}

resource "aws_rds_cluster" "reports" {
  cluster_identifier          = "reports"
  engine                      = "aurora-postgresql"
  master_username             = "shop"
  manage_master_user_password = true
}
