import * as CloudWatch from '@aws-sdk/client-cloudwatch'
import { operation, type Service } from '../../wire/service.ts'

export const cloudwatch: Service = {
  name: 'cloudwatch',
  signing: 'monitoring',
  protocol: 'json-1.0',
  xmlNamespace: '',
  operations: [
    operation(
      CloudWatch.GetMetricStatistics$,
      (input: CloudWatch.GetMetricStatisticsInput, { state, region }) => {
        const values = (input.Dimensions ?? []).map(({ Value }) => Value)
        const name = [input.Namespace, input.MetricName, ...values].join(' ')
        return {
          Label: input.MetricName,
          Datapoints: state.cloudwatch(region).metrics.get(name) ?? [],
        }
      },
    ),
  ],
}
