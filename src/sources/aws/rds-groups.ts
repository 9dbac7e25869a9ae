import {
  type DBClusterParameterGroup,
  type DBParameterGroup,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeEventSubscriptionsCommand,
  ListTagsForResourceCommand,
  type Parameter,
} from '@aws-sdk/client-rds'
import { rds } from './rds-client.ts'
import { all, mapped } from './read.ts'
import { type Detail, detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const page = () => ({ MaxRecords: 100 })
const byUser = { Source: 'user', MaxRecords: 100 }
/** Nobody can change a default group, and none is in anybody's code. */
const groups = mapped(rds.pages(DescribeDBParameterGroupsCommand, 'DBParameterGroups', page), all =>
  all.filter(({ DBParameterGroupName = '' }) => !DBParameterGroupName.startsWith('default.')),
)
const clusterGroups = mapped(
  rds.pages(DescribeDBClusterParameterGroupsCommand, 'DBClusterParameterGroups', page),
  all =>
    all.filter(
      ({ DBClusterParameterGroupName = '' }) => !DBClusterParameterGroupName.startsWith('default.'),
    ),
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_db_parameter_group',
    service: 'rds',
    scope: 'region',
    list: groups,
    id: ({ DBParameterGroupArn }) => String(DBParameterGroupArn),
    set: {
      id: 'DBParameterGroupName',
      arn: 'DBParameterGroupArn',
      description: 'Description',
      family: 'DBParameterGroupFamily',
      name: 'DBParameterGroupName',
    },
    details: [
      detail(
        all(
          rds.pages(
            DescribeDBParametersCommand,
            'Parameters',
            ({ DBParameterGroupName }: DBParameterGroup) => ({ DBParameterGroupName, ...byUser }),
          ),
        ),
        { parameter: parametersOf },
      ),
      tags(({ DBParameterGroupArn }: DBParameterGroup) => DBParameterGroupArn),
    ],
  }),
  row({
    type: 'aws_rds_cluster_parameter_group',
    service: 'rds',
    scope: 'region',
    list: clusterGroups,
    id: ({ DBClusterParameterGroupArn }) => String(DBClusterParameterGroupArn),
    set: {
      id: 'DBClusterParameterGroupName',
      arn: 'DBClusterParameterGroupArn',
      description: 'Description',
      family: 'DBParameterGroupFamily',
      name: 'DBClusterParameterGroupName',
    },
    details: [
      detail(
        all(
          rds.pages(
            DescribeDBClusterParametersCommand,
            'Parameters',
            ({ DBClusterParameterGroupName }: DBClusterParameterGroup) => ({
              DBClusterParameterGroupName,
              ...byUser,
            }),
          ),
        ),
        { parameter: parametersOf },
      ),
      tags(({ DBClusterParameterGroupArn }: DBClusterParameterGroup) => DBClusterParameterGroupArn),
    ],
  }),
  row({
    type: 'aws_db_event_subscription',
    service: 'rds',
    scope: 'region',
    list: rds.pages(DescribeEventSubscriptionsCommand, 'EventSubscriptionsList', page),
    id: ({ EventSubscriptionArn }) => String(EventSubscriptionArn),
    set: {
      id: 'CustSubscriptionId',
      arn: 'EventSubscriptionArn',
      customer_aws_id: 'CustomerAwsId',
      enabled: ({ Enabled }) => Enabled ?? false,
      event_categories: ({ EventCategoriesList = [] }) => EventCategoriesList,
      name: 'CustSubscriptionId',
      sns_topic: 'SnsTopicArn',
      source_ids: ({ SourceIdsList = [] }) => SourceIdsList,
      source_type: 'SourceType',
    },
  }),
  row({
    type: 'aws_db_subnet_group',
    service: 'rds',
    scope: 'region',
    list: rds.pages(DescribeDBSubnetGroupsCommand, 'DBSubnetGroups', page),
    id: ({ DBSubnetGroupArn }) => String(DBSubnetGroupArn),
    set: {
      id: 'DBSubnetGroupName',
      arn: 'DBSubnetGroupArn',
      description: 'DBSubnetGroupDescription',
      name: 'DBSubnetGroupName',
      subnet_ids: ({ Subnets = [] }) => Subnets.map(({ SubnetIdentifier }) => SubnetIdentifier),
      supported_network_types: ({ SupportedNetworkTypes = [] }) => SupportedNetworkTypes,
      vpc_id: 'VpcId',
    },
  }),
]

function parametersOf(parameters: readonly Parameter[]): readonly object[] {
  return parameters.map(({ ApplyMethod, ParameterName, ParameterValue }) => ({
    apply_method: ApplyMethod,
    name: ParameterName,
    value: ParameterValue,
  }))
}

function tags<Item>(arnOf: (item: Item) => string | undefined): Detail<Item> {
  return detail(
    rds.one(ListTagsForResourceCommand, (item: Item) => ({ ResourceName: arnOf(item) })),
    { tags: answer => tagsOf(answer?.TagList) },
  )
}
