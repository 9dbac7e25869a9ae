import { expect, test } from 'vitest'
import { checkNames } from './names.ts'

const names = checkNames([
  { id: 'rds_instance_storage_encrypted', aliases: ['CKV_AWS_16', 'AWS-0080'] },
  { id: 'rds_cluster_storage_encrypted', aliases: ['CKV_AWS_16'] },
  { id: 'constructor' },
])

test.each([
  ['rds_instance_storage_encrypted', ['rds_instance_storage_encrypted']],
  ['RDS_Instance_Storage_Encrypted', ['rds_instance_storage_encrypted']],
  ['ckv_aws_16', ['rds_instance_storage_encrypted', 'rds_cluster_storage_encrypted']],
  ['AWS-0080', ['rds_instance_storage_encrypted']],
  ['AVD-AWS-0080', ['rds_instance_storage_encrypted']],
  ['aws-rds-encrypt-instance-storage-data', ['rds_instance_storage_encrypted']],
  ['encrypt-instance-storage-data', ['rds_instance_storage_encrypted']],
  ['AWS-0081', []],
  ['__proto__', []],
  ['constructor', ['constructor']],
])('%s', (name, ids) => {
  expect(names.ids(name)).toEqual(ids)
})
