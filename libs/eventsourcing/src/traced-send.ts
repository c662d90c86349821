import type { Named } from './decider';
import type { Send } from './handling';
import { inSpan, streamAttributes, type Tracing } from './tracing';

/** Each command in a span of its own, which its events carry as their trace context. A preview leaves no trace. */
export const tracedSend = <Command extends Named, State, Event extends Named>(
  tracing: Tracing | undefined,
  send: Send<Command, State, Event>,
): Send<Command, State, Event> => {
  if (!tracing) return send;
  return (stream, command, meta, ifVersion) => {
    if (meta.preview) return send(stream, command, meta, ifVersion);
    const attributes = { 'cartage.command': command.type, ...streamAttributes(stream) };
    return inSpan(tracing, { name: command.type, kind: 'internal', parent: meta.traceparent, attributes }, async (span) => {
      const handled = await send(stream, command, { ...meta, traceparent: span.traceparent }, ifVersion);
      span.set({ 'cartage.events': handled.events.map(({ type }) => type), 'cartage.repeated': handled.repeated });
      return handled;
    });
  };
};
