import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, IdParam, limitOf, Needs, NoPreview, pageOf, readCursor, Within, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Replays, WantedReplay } from '../../app/replays/replays';
import type { About } from '../../domain/about';
import { replayAnswer, replayPage, shownReplay, type ShownReplay } from './replays.answers';
import { ReplayDto, ReplaysQuery } from './replays.dto';

export const REPLAYS = Symbol('replays');

const DEFAULT_RATE = 50;
const unknown = { unknown: ['REPLAY_UNKNOWN'] };

const aboutOf = ({ key, sku, location, paymentId, customerId }: ReplayDto): About => ({
  ...(key ? { keys: key } : {}),
  ...(sku ? { skus: sku } : {}),
  ...(location ? { locations: location } : {}),
  ...(paymentId ? { payments: paymentId } : {}),
  ...(customerId ? { customers: customerId } : {}),
});

const filterOf = ({ type, orderId, from, to, ...about }: ReplayDto): WantedReplay['filter'] => ({
  ...aboutOf(about),
  ...(type ? { types: type } : {}),
  ...(orderId ? { orders: orderId } : {}),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const wantedOf = (body: ReplayDto): WantedReplay => {
  const { endpointId, topic, after, upTo, rate = DEFAULT_RATE, note } = body;
  return {
    ...{ rate, filter: filterOf(body) },
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(topic === undefined ? {} : { topic }),
    ...(after === undefined ? {} : { after: Number(after) }),
    ...(upTo === undefined ? {} : { upTo: Number(upTo) }),
    ...(note === undefined ? {} : { note }),
  };
};

@ApiTags('webhooks')
@Controller('subscriptions/replays')
export class ReplaysController {
  constructor(@Inject(REPLAYS) private readonly replays: Replays) {}

  @Post()
  @Needs('events:write')
  @Within('body.endpointId')
  @NoPreview()
  @ApiOperation({
    summary: 'Have past events sent to a webhook endpoint or a topic once more, flagged (`replayid`), no faster than it says.',
  })
  @Answers(202, replayAnswer, {
    refuses: {
      unknown: ['WEBHOOK_ENDPOINT_UNKNOWN'],
      invalid: ['REPLAY_RANGE_INVALID', 'REPLAY_TARGET_INVALID', 'REPLAY_TOPIC_INVALID', 'REPLAY_RATE_INVALID'],
      conflict: ['REPLAYS_FULL'],
    },
  })
  async ask(@Body() body: ReplayDto, @CommandMeta() meta: Meta): Promise<ShownReplay> {
    return shownReplay(await this.replays.ask(wantedOf(body), { ...meta, fingerprint: meta.fingerprint ?? '' }));
  }

  @Get()
  @Needs('events:read')
  @Within('query.endpointId')
  @ApiOperation({ summary: 'Replays, newest first: how far they are. A client of a channel names its endpoint.' })
  @Answers(200, replayPage)
  async list(@Query() query: ReplaysQuery): Promise<Page<ShownReplay>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const found = await this.replays.list({ endpointId: query.endpointId, after, limit: limitOf(query) + 1 });
    return pageOf(found.map(shownReplay), query, ({ askedAt, replayId }) => [askedAt, replayId]);
  }

  @Get(':replayId')
  @Needs('events:read')
  @ApiOperation({ summary: 'One replay: how far it is, and what was taken.' })
  @Answers(200, replayAnswer, { refuses: unknown })
  async get(@Param('replayId', IdParam) replayId: string): Promise<ShownReplay> {
    return shownReplay(await this.replays.find(replayId));
  }

  @Post(':replayId/cancel')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Send nothing more of it. What is under way at this moment is not called back.' })
  @Answers(200, replayAnswer, { refuses: unknown })
  async cancel(@Param('replayId', IdParam) replayId: string): Promise<ShownReplay> {
    return shownReplay(await this.replays.cancel(replayId));
  }
}
