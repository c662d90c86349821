import { Refused, type Clock } from '@cartage/eventsourcing';
import { Answers, bytes, GoodUntil, LongLived, Needs, Within } from '@cartage/service-kit';
import { Controller, Get, Headers, Inject, Query, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Following, Receiver, Streaming } from '../app/streaming';
import { receiverOf } from './receiver';
import { POSITION, StreamQuery } from './stream.dto';

export const STREAMING = Symbol('streaming');
export const STREAM_PACE = Symbol('how patient the stream is');

export interface StreamPace {
  readonly clock: Clock;
  readonly slowMs: number;
}

const EVENT_STREAM = 'text/event-stream';

const refused = (code: string, field: string, message: string): Refused =>
  new Refused(code, `${field}: ${message}`, 'invalid', [{ field, code, message }]);

/** Nobody who waits for an answer that ends is kept waiting by accident. */
const requireStream = (accept: string | undefined): void => {
  if (accept?.includes(EVENT_STREAM) !== true)
    throw refused('ACCEPT_INVALID', 'Accept', `This goes on and on: ask for it with \`Accept: ${EVENT_STREAM}\`.`);
};

const afterOf = (header: string | undefined, { lastEventId }: StreamQuery): number | undefined => {
  const given = header?.trim() || lastEventId;
  if (given === undefined) return undefined;
  if (!POSITION.test(given)) throw refused('LAST_EVENT_ID_INVALID', 'Last-Event-ID', 'It must be the id of an event of this stream.');
  return Number(given);
};

const followingOf = (query: StreamQuery, lastEventId: string | undefined): Omit<Following, 'until'> => {
  const { orderId, channel, type, follow = true } = query;
  const filter = {
    ...(orderId === undefined ? {} : { orders: [orderId] }),
    ...(channel === undefined ? {} : { channels: [channel] }),
    ...(type === undefined ? {} : { types: type }),
  };
  return { filter, after: afterOf(lastEventId, query), follow };
};

@ApiTags('subscriptions')
@Controller('stream')
export class StreamController implements OnModuleDestroy {
  constructor(
    @Inject(STREAMING) private readonly streaming: Streaming,
    @Inject(STREAM_PACE) private readonly pace: StreamPace,
  ) {}

  @Get()
  @Needs('events:read')
  @Within('query.channel')
  @LongLived()
  @ApiProduces(EVENT_STREAM)
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The id of the last event that came: it goes on behind it.' })
  @ApiOperation({ summary: 'What happens, as server-sent events: from now on, or behind `Last-Event-ID`. Each is a CloudEvent in JSON.' })
  @Answers(200, bytes, { refuses: { invalid: ['ACCEPT_INVALID', 'LAST_EVENT_ID_INVALID'] } })
  async stream(
    @Headers('accept') accept: string | undefined,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Query() query: StreamQuery,
    @GoodUntil() until: number | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireStream(accept);
    await this.streaming.open({ ...followingOf(query, lastEventId), until }, () => this.connect(reply));
  }

  /** Before the server waits for the requests in hand: these never end by themselves. */
  onModuleDestroy(): void {
    this.streaming.stop();
  }

  private connect(reply: FastifyReply): Receiver {
    reply.hijack();
    const headers = { 'content-type': `${EVENT_STREAM}; charset=utf-8`, 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
    reply.raw.writeHead(200, { ...reply.getHeaders(), ...headers } as Record<string, string>);
    return receiverOf(reply.raw, this.pace);
  }
}
