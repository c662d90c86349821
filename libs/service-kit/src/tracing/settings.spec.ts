import { readSettings } from '../settings/settings';
import { tracingSpec } from './settings';

const read = (environment: Readonly<Record<string, string>>) => readSettings(tracingSpec, environment);

describe('settings of traces', () => {
  it('trace nothing where none is given', () =>
    expect(read({})).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
      OTEL_EXPORTER_OTLP_HEADERS: undefined,
      OTEL_TRACES_SAMPLER_ARG: 0.1,
    }));

  it('take an address, headers and a share', () =>
    expect(
      read({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318/',
        OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a=b, x-tenant=shop',
        OTEL_TRACES_SAMPLER_ARG: '0.05',
      }),
    ).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: { 'api-key': 'a=b', 'x-tenant': 'shop' },
      OTEL_TRACES_SAMPLER_ARG: 0.05,
    }));

  it.each([
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318?key=x' },
    { OTEL_EXPORTER_OTLP_HEADERS: 'api-key' },
    { OTEL_TRACES_SAMPLER_ARG: '1.1' },
    { OTEL_TRACES_SAMPLER_ARG: 'half' },
  ])('refuse %p', (environment) => expect(() => read(environment)).toThrow(`Setting ${Object.keys(environment)[0]} is wrong`));
});
