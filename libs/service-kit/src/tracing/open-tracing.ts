import { systemClock, type Tracing } from '@cartage/eventsourcing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { AnyService } from '../service';
import type { Closers } from '../start/closers';
import { openTelemetry, type OpenTracing } from './open-telemetry';
import type { TracingSettings } from './settings';

const SEND_MS = 5_000;
const CLOSE_MS = 2_000;

/** A collector that is away holds nobody up who wants to stop: what it has not taken by then is lost. */
const inTime = async (sent: Promise<void>): Promise<void> => {
  const done = new AbortController();
  // Whoever sends has said already why it could not be sent.
  await Promise.race([sent.catch(() => undefined), systemClock.pause(CLOSE_MS, done.signal)]);
  done.abort();
};

/** Tells once when spans cannot be sent, and once when they can again: they are lost meanwhile, and nothing else is. */
const toldOf = (exporter: SpanExporter, log: Logger): SpanExporter => {
  let failing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined;
        if (failed && !failing) log.warn({ err: result.error }, 'traces cannot be sent to their collector, and are lost');
        if (!failed && failing) log.warn('traces are sent to their collector again');
        failing = failed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush ? { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() } : {}),
  };
};

const exporterTo = (endpoint: string, headers: Readonly<Record<string, string>>): SpanExporter =>
  new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers: { ...headers }, timeoutMillis: SEND_MS });

const toCollector = (
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers = {} }: TracingSettings,
  log: Logger,
): readonly SpanProcessor[] =>
  endpoint === undefined ? [] : [new BatchSpanProcessor({ exporter: toldOf(exporterTo(endpoint, headers), log) })];

interface TracingNeeds {
  readonly settings: TracingSettings;
  readonly process: string;
  readonly log: Logger;
  /** Who else is handed the spans. */
  readonly spans?: SpanProcessor | undefined;
}

/** Nothing where nobody wants traces: then nothing is measured, and no wrapper stands anywhere. */
const openTracing = ({ settings, process, log, spans }: TracingNeeds): OpenTracing | undefined => {
  const processors = [...toCollector(settings, log), ...(spans ? [spans] : [])];
  if (processors.length === 0) return undefined;
  const { tracing, close } = openTelemetry({ process, share: settings.OTEL_TRACES_SAMPLER_ARG, processors });
  return { tracing, close: () => inTime(close()) };
};

/** Closed last, but for what was opened before: what it still hears is sent. */
export const tracingOf = (services: readonly AnyService[], needs: Omit<TracingNeeds, 'process'>, opened: Closers): Tracing | undefined => {
  const [first, ...more] = services;
  const traced = openTracing({ ...needs, process: more.length === 0 && first ? first.name : 'cartage' });
  if (traced) opened.add(() => traced.close());
  return traced?.tracing;
};
