import type { Call } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation } from '../../wire/service.ts'
import type { BucketEstate } from './state.ts'

/** An operation on one bucket; `anyRegion`: it is answered wherever it is asked. */
export function bucketOperation<Input extends { readonly Bucket?: string | undefined }>(
  schema: Operation['schema'],
  answer: (bucket: BucketEstate, call: Call, input: Input) => unknown,
  { anyRegion = false } = {},
): Operation {
  return operation(schema, (input: Input, call) => {
    const bucket = call.state.s3.buckets.get(input.Bucket ?? '')
    if (!bucket) throw new ApiError('NoSuchBucket', 404, 'The specified bucket does not exist')
    if (!anyRegion && home(bucket) !== call.region) throw elsewhere(bucket)
    return answer(bucket, call, input)
  })
}

export function home(bucket: BucketEstate): string {
  return bucket.BucketRegion ?? 'us-east-1'
}

/** S3 does not pass a request on to the bucket's region; it says where that is. */
function elsewhere(bucket: BucketEstate): ApiError {
  return new ApiError(
    'PermanentRedirect',
    301,
    'The bucket you are attempting to access must be addressed using the specified endpoint.',
    { 'x-amz-bucket-region': home(bucket) },
  )
}
