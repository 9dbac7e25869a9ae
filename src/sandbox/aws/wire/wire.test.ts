import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { readXml, type Xml } from './read-xml.fixture.ts'

/*
 * The wire as its documentation shows it, written and read by hand: the schemas that the sandbox encodes by are the
 * SDK's own, so that the SDK's clients alone would agree with it even where both were wrong.
 */

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({
    s3: {
      buckets: [{ Name: 'orders', CreationDate: new Date('2024-05-06T07:08:09Z'), tags: [] }],
    },
    iam: { users: [{ UserName: 'ada', Path: '/', GroupList: ['admins', 'auditors'] }] },
    ec2: {
      'eu-central-1': {
        SecurityGroups: [
          {
            GroupId: 'sg-1',
            GroupName: 'web & <co>',
            VpcId: 'vpc-1',
            IpPermissions: [
              {
                IpProtocol: 'tcp',
                FromPort: 443,
                ToPort: 443,
                IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '192.0.2.0/24' }],
              },
            ],
            Tags: [{ Key: 'environment', Value: 'production' }],
          },
          { GroupId: 'sg-2', GroupName: 'none', VpcId: 'vpc-1' },
        ],
      },
    },
    rds: { 'us-east-1': { DBInstances: [{ DBInstanceIdentifier: 'shop', MultiAZ: true }] } },
    kms: { 'us-east-1': { keys: [{ KeyId: 'k1', CreationDate: new Date(1_700_000_000_000) }] } },
    cloudtrail: { 'us-east-1': { trails: [{ Name: 'all', IsMultiRegionTrail: true }] } },
  })
})
afterAll(() => sandbox.close())

interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

async function ask(
  scope: string,
  path: string,
  init: { method?: string; body?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Asked> {
  const response = await fetch(`${sandbox.url}${path}`, {
    ...init,
    redirect: 'manual',
    headers: {
      ...init.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

function form(scope: string, fields: Readonly<Record<string, string>>): Promise<Asked> {
  return ask(scope, '/', {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  })
}

function json(scope: string, target: string, body: object): Promise<Asked> {
  return ask(scope, '/', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
  })
}

const at = (xml: Xml | undefined, ...path: readonly string[]): readonly Xml[] =>
  path.reduce<readonly Xml[]>(
    (found, name) => found.flatMap(one => one.children.filter(child => child.name === name)),
    xml ? [xml] : [],
  )
const texts = (found: readonly Xml[]) => found.map(one => one.text)

test('ec2: items of lists are `item`, names begin small, and the request id stands in the body', async () => {
  const { text, headers } = await form('eu-central-1/ec2', {
    Action: 'DescribeSecurityGroups',
    Version: '2016-11-15',
    'GroupId.1': 'sg-1',
    'Filter.1.Name': 'vpc-id',
    'Filter.1.Value.1': 'vpc-0',
    'Filter.1.Value.2': 'vpc-1',
  })
  const root = readXml(text)
  expect(root?.name).toBe('DescribeSecurityGroupsResponse')
  expect(root?.attributes).toContain('http://ec2.amazonaws.com/doc/2016-11-15/')
  expect(texts(at(root, 'requestId'))).toEqual([headers.get('x-amzn-requestid')])
  const items = at(root, 'securityGroupInfo', 'item')
  expect(texts(items.flatMap(item => at(item, 'groupId')))).toEqual(['sg-1'])
  expect(texts(items.flatMap(item => at(item, 'groupName')))).toEqual(['web & <co>'])
  expect(texts(at(items[0], 'ipPermissions', 'item', 'ipRanges', 'item', 'cidrIp'))).toEqual([
    '10.0.0.0/8',
    '192.0.2.0/24',
  ])
  expect(texts(at(items[0], 'tagSet', 'item', 'value'))).toEqual(['production'])
})

test('ec2: a form names nested lists by number alone', async () => {
  const { status } = await form('eu-central-1/ec2', {
    Action: 'AuthorizeSecurityGroupIngress',
    Version: '2016-11-15',
    GroupId: 'sg-2',
    'IpPermissions.1.IpProtocol': 'tcp',
    'IpPermissions.1.FromPort': '22',
    'IpPermissions.1.ToPort': '22',
    'IpPermissions.1.IpRanges.1.CidrIp': '10.1.0.0/16',
    'IpPermissions.1.IpRanges.1.Description': 'büro',
    'IpPermissions.1.Groups.1.GroupId': 'sg-1',
    'TagSpecification.1.ResourceType': 'security-group-rule',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'shop',
  })
  expect(status).toBe(200)
  expect(sandbox.calls.at(-1)?.input).toEqual({
    GroupId: 'sg-2',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'büro' }],
        UserIdGroupPairs: [{ GroupId: 'sg-1' }],
      },
    ],
    TagSpecifications: [
      { ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: 'shop' }] },
    ],
  })
})

test('query: a result stands in its own element, items are `member`', async () => {
  const { text } = await form('us-east-1/iam', {
    Action: 'GetAccountAuthorizationDetails',
    Version: '2010-05-08',
    'Filter.member.1': 'User',
    MaxItems: '100',
  })
  const root = readXml(text)
  expect(root?.name).toBe('GetAccountAuthorizationDetailsResponse')
  const user = at(root, 'GetAccountAuthorizationDetailsResult', 'UserDetailList', 'member')
  expect(texts(user.flatMap(one => at(one, 'UserName')))).toEqual(['ada'])
  expect(texts(user.flatMap(one => at(one, 'GroupList', 'member')))).toEqual(['admins', 'auditors'])
  expect(texts(at(root, 'GetAccountAuthorizationDetailsResult', 'IsTruncated'))).toEqual(['false'])
  expect(at(root, 'ResponseMetadata', 'RequestId')).toHaveLength(1)
  expect(sandbox.calls.at(-1)?.input).toEqual({ Filter: ['User'], MaxItems: 100 })
})

test('query: RDS names the items of its lists', async () => {
  const { text } = await form('us-east-1/rds', {
    Action: 'DescribeDBInstances',
    Version: '2014-10-31',
  })
  const result = at(readXml(text), 'DescribeDBInstancesResult', 'DBInstances', 'DBInstance')
  expect(texts(result.flatMap(one => at(one, 'DBInstanceIdentifier')))).toEqual(['shop'])
  expect(texts(result.flatMap(one => at(one, 'MultiAZ')))).toEqual(['true'])
})

test('rest-xml: the operation is told by method, path and query; dates are ISO 8601', async () => {
  const { text } = await ask('us-east-1/s3', '/')
  const root = readXml(text)
  expect(root?.name).toBe('ListAllMyBucketsResult')
  expect(texts(at(root, 'Buckets', 'Bucket', 'Name'))).toEqual(['orders'])
  expect(texts(at(root, 'Buckets', 'Bucket', 'CreationDate'))).toEqual(['2024-05-06T07:08:09Z'])
})

test('rest-xml: a body is read as XML, and a bucket may stand in the host name', async () => {
  const body =
    '<?xml version="1.0"?><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a&amp;b</Key><Value>1 &lt; 2</Value></Tag><Tag><Key>c</Key><Value/></Tag></TagSet></Tagging>'
  expect((await ask('us-east-1/s3', '/orders?tagging', { method: 'PUT', body })).status).toBe(200)
  const { port } = new URL(sandbox.url)
  const { text } = await virtualHost(Number(port), 'orders.localhost', '/?tagging')
  const tags = at(readXml(text), 'TagSet', 'Tag')
  expect(tags.map(tag => [...texts(at(tag, 'Key')), ...texts(at(tag, 'Value'))])).toEqual([
    ['a&b', '1 < 2'],
    ['c', ''],
  ])
})

test('rest-xml: us-east-1 is an empty location', async () => {
  const { text } = await ask('us-east-1/s3', '/orders?location')
  expect(readXml(text)).toMatchObject({ name: 'LocationConstraint', text: '', children: [] })
})

test('json: times are seconds, the operation stands in a header', async () => {
  const { text, headers } = await json('us-east-1/kms', 'TrentService.DescribeKey', { KeyId: 'k1' })
  expect(headers.get('content-type')).toBe('application/x-amz-json-1.1')
  expect(JSON.parse(text).KeyMetadata).toMatchObject({
    KeyId: 'k1',
    CreationDate: 1_700_000_000,
    Enabled: true,
  })
})

test('json: a target may be a full name', async () => {
  const target = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails'
  const { text } = await json('us-east-1/cloudtrail', target, { includeShadowTrails: false })
  expect(JSON.parse(text).trailList).toMatchObject([{ Name: 'all', HomeRegion: 'us-east-1' }])
})

test('rest-json: a path and a body of JSON', async () => {
  const { text } = await ask('us-east-1/account', '/listRegions', {
    method: 'POST',
    body: '{"RegionOptStatusContains":["DISABLED"]}',
    headers: { 'content-type': 'application/json' },
  })
  expect(JSON.parse(text).Regions).toEqual([
    { RegionName: 'ap-east-1', RegionOptStatus: 'DISABLED' },
    { RegionName: 'me-south-1', RegionOptStatus: 'DISABLED' },
  ])
})

test('each protocol has its own form of an error', async () => {
  const ec2 = await form('us-east-1/ec2', { Action: 'DescribeVpcs', 'VpcId.1': 'vpc-x' })
  expect(ec2.status).toBe(400)
  expect(texts(at(readXml(ec2.text), 'Errors', 'Error', 'Code'))).toEqual(['InvalidVpcID.NotFound'])
  const iam = await form('us-east-1/iam', { Action: 'GetAccountPasswordPolicy' })
  expect(iam.status).toBe(404)
  expect(texts(at(readXml(iam.text), 'Error', 'Code'))).toEqual(['NoSuchEntity'])
  const s3 = await ask('us-east-1/s3', '/nowhere?versioning')
  expect(s3.status).toBe(404)
  expect(texts(at(readXml(s3.text), 'Code'))).toEqual(['NoSuchBucket'])
  const kms = await json('us-east-1/kms', 'TrentService.DescribeKey', { KeyId: 'none' })
  expect(kms.status).toBe(400)
  expect(JSON.parse(kms.text).__type).toBe('NotFoundException')
  const account = await ask('us-east-1/account', '/getContactInformation', { method: 'POST' })
  expect(account.status).toBe(404)
  expect(account.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException')
})

test('an operation, a service or a signature that is not there is an error, never an empty answer', async () => {
  const operation = await form('us-east-1/ec2', { Action: 'DescribeHosts' })
  expect(operation.status).toBe(400)
  expect(operation.text).toContain('InvalidAction')
  const service = await json('us-east-1/glue', 'AWSGlue.GetJobs', {})
  expect(service.status).toBe(404)
  expect(service.text).toContain('The sandbox does not serve glue.')
  const unsigned = await fetch(`${sandbox.url}/`)
  expect(unsigned.status).toBe(403)
})

test('names of members that mean something to JavaScript are plain data', async () => {
  await form('us-east-1/ec2', {
    Action: 'DescribeVpcs',
    '__proto__.polluted': 'yes',
    'Filter.1.Name': '__proto__',
    'Filter.1.Value.1': 'x',
    'constructor.prototype.polluted': 'yes',
  })
  expect(sandbox.calls.at(-1)?.input).toEqual({
    Filters: [{ Name: '__proto__', Values: ['x'] }],
  })
  await json('us-east-1/kms', 'TrentService.DescribeKey', JSON.parse('{"__proto__":{"a":1}}'))
  expect({}).not.toHaveProperty('polluted')
  expect({}).not.toHaveProperty('a')
})

test('a torn or nonsensical body is the sender’s mistake', async () => {
  const torn = await json('us-east-1/kms', 'TrentService.DescribeKey', {}).then(() =>
    ask('us-east-1/kms', '/', {
      method: 'POST',
      body: '{"KeyId":',
      headers: { 'x-amz-target': 'TrentService.DescribeKey' },
    }),
  )
  expect(torn.status).toBe(400)
  expect(JSON.parse(torn.text).__type).toBe('SerializationException')
  const xml = await ask('us-east-1/s3', '/orders?versioning', { method: 'PUT', body: '<a><b' })
  expect(xml.status).toBe(400)
  const token = await form('us-east-1/ec2', { Action: 'DescribeVpcs', NextToken: 'made up' })
  expect(token.status).toBe(400)
})

/** fetch does not let a caller choose the Host header. */
async function virtualHost(port: number, host: string, path: string): Promise<{ text: string }> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    const headers = {
      host: `${host}:${port}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
    }
    request({ host: '127.0.0.1', port, path, headers }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => resolve({ text }))
    })
      .on('error', reject)
      .end()
  })
}
