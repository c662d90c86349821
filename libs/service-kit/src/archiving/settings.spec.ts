import { readSettings } from '../settings/settings';
import { archiveSpec, bucketIn } from './settings';

const keys = { LOG_ARCHIVE_S3_KEY_ID: 'AKID', LOG_ARCHIVE_S3_SECRET: 'hush' };
const bucketOf = (place: string, more: Readonly<Record<string, string>> = keys) =>
  bucketIn(place, readSettings(archiveSpec, { ...more, LOG_ARCHIVE: place }));

describe('where old events go', () => {
  it('is a folder unless it says s3://', () => {
    for (const place of ['/mnt/archive', 'archive', 'C:\\archive']) expect(bucketOf(place, {})).toBeUndefined();
  });

  it('is a bucket of Amazon’s in its region, or of whoever answers where it is said, with what all names begin with', () => {
    expect(bucketOf('s3://acme-cartage/archive/one', { ...keys, LOG_ARCHIVE_S3_REGION: 'eu-central-1' })).toEqual({
      ...{ endpoint: 'https://s3.eu-central-1.amazonaws.com/acme-cartage', region: 'eu-central-1', prefix: 'archive/one/' },
      ...{ accessKeyId: 'AKID', secretAccessKey: 'hush' },
    });
    expect(bucketOf('s3://acme-cartage/', { ...keys, LOG_ARCHIVE_S3_ENDPOINT: 'http://minio:9000/' })).toMatchObject({
      ...{ endpoint: 'http://minio:9000/acme-cartage', region: 'us-east-1', prefix: '' },
    });
  });

  it.each([
    ['s3://', keys, 'Setting LOG_ARCHIVE is wrong'],
    ['s3://No Bucket/x', keys, 'Setting LOG_ARCHIVE is wrong'],
    ['s3://acme-cartage/../other', keys, 'Setting LOG_ARCHIVE is wrong'],
    ['s3://acme-cartage/x?y', keys, 'Setting LOG_ARCHIVE is wrong'],
    ['s3://acme-cartage', {}, 'Setting LOG_ARCHIVE_S3_KEY_ID is missing'],
    ['s3://acme-cartage', { LOG_ARCHIVE_S3_KEY_ID: 'AKID' }, 'Setting LOG_ARCHIVE_S3_SECRET is missing'],
    ['s3://acme-cartage', { ...keys, LOG_ARCHIVE_S3_ENDPOINT: 'minio:9000' }, 'Setting LOG_ARCHIVE_S3_ENDPOINT is wrong'],
  ])('%s with %j is answered with what to do', (place, more, message) => expect(() => bucketOf(place, more)).toThrow(message));
});
