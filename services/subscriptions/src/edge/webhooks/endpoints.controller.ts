import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, IdParam, limitOf, Needs, NoPreview, pageOf, readCursor, Within, type Page } from '@cartage/service-kit';
import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CountedEndpoint } from '../../app/webhooks/endpoint-table';
import type { WantedEndpoint, WebhookEndpoints } from '../../app/webhooks/webhook-endpoints';
import type { Attempt } from '../../domain/delivery';
import {
  attemptAnswer,
  endpointAnswer,
  endpointGone,
  endpointPage,
  newEndpointAnswer,
  shownEndpoint,
  type ShownEndpoint,
  type ShownNewEndpoint,
} from './webhooks.answers';
import { SecretRotationDto, WebhookEndpointChangeDto, WebhookEndpointDto, WebhookEndpointsQuery, WebhookPauseDto } from './webhooks.dto';

export const WEBHOOK_ENDPOINTS = Symbol('webhook endpoints');
export const WEBHOOK_CLOCK = Symbol('the time that endpoints are shown at');

const HOUR_MS = 3_600_000;
const unknown = { unknown: ['WEBHOOK_ENDPOINT_UNKNOWN'] };

const wantedOf = ({ url, note, type, channel, after }: WebhookEndpointDto): WantedEndpoint => ({
  url,
  filter: { ...(type ? { types: type } : {}), ...(channel ? { channels: channel } : {}) },
  ...(note === undefined ? {} : { note }),
  ...(after === undefined ? {} : { after: Number(after) }),
});

@ApiTags('webhooks')
@Controller('subscriptions/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    @Inject(WEBHOOK_ENDPOINTS) private readonly endpoints: WebhookEndpoints,
    @Inject(WEBHOOK_CLOCK) private readonly now: () => Date,
  ) {}

  @Post()
  @Needs('events:write')
  @Within('body.channel')
  @NoPreview()
  @ApiOperation({ summary: 'Have what happens posted to an address, signed (Standard Webhooks). The secret is shown in this answer only.' })
  @Answers(201, newEndpointAnswer, {
    refuses: { invalid: ['WEBHOOK_URL_INVALID', 'POSITION_UNKNOWN'], conflict: ['WEBHOOK_ENDPOINTS_FULL'] },
  })
  async create(@Body() body: WebhookEndpointDto, @CommandMeta() meta: Meta): Promise<ShownNewEndpoint> {
    const { endpoint, secret } = await this.endpoints.create(wantedOf(body), { ...meta, fingerprint: meta.fingerprint ?? '' });
    return { ...this.shown(endpoint), secret };
  }

  @Get()
  @Needs('events:read')
  @Within('query.channel')
  @ApiOperation({ summary: 'Where events are posted to, newest first: how each takes them, and why not.' })
  @Answers(200, endpointPage)
  async list(@Query() query: WebhookEndpointsQuery): Promise<Page<ShownEndpoint>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const found = await this.endpoints.list({ channels: query.channel, after, limit: limitOf(query) + 1 });
    return pageOf(
      found.map((endpoint) => this.shown(endpoint)),
      query,
      ({ madeAt, endpointId }) => [madeAt, endpointId],
    );
  }

  @Get(':endpointId')
  @Needs('events:read')
  @ApiOperation({ summary: 'One endpoint: how it takes what it is sent.' })
  @Answers(200, endpointAnswer, { refuses: unknown })
  async get(@Param('endpointId', IdParam) endpointId: string): Promise<ShownEndpoint> {
    return this.shown(await this.endpoints.find(endpointId));
  }

  @Put(':endpointId')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Another address, other types. What waits is sent to the new address.' })
  @Answers(200, endpointAnswer, { refuses: { ...unknown, invalid: ['WEBHOOK_URL_INVALID'] } })
  async change(@Param('endpointId', IdParam) endpointId: string, @Body() body: WebhookEndpointChangeDto): Promise<ShownEndpoint> {
    return this.shown(await this.endpoints.change(endpointId, wantedOf(body)));
  }

  @Post(':endpointId/pause')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Send nothing until it is resumed. Nothing is lost: it goes on where it was.' })
  @Answers(200, endpointAnswer, { refuses: unknown })
  async pause(@Param('endpointId', IdParam) endpointId: string, @Body() { reason }: WebhookPauseDto): Promise<ShownEndpoint> {
    return this.shown(await this.endpoints.pause(endpointId, reason));
  }

  @Post(':endpointId/resume')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Send again, where it was paused or is failing.' })
  @Answers(200, endpointAnswer, { refuses: unknown })
  async resume(@Param('endpointId', IdParam) endpointId: string): Promise<ShownEndpoint> {
    return this.shown(await this.endpoints.resume(endpointId));
  }

  @Post(':endpointId/secret')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'A new secret, shown in this answer only. Those of before sign beside it for a while.' })
  @Answers(200, newEndpointAnswer, { refuses: unknown })
  async rotate(@Param('endpointId', IdParam) endpointId: string, @Body() { keepHours = 24 }: SecretRotationDto): Promise<ShownNewEndpoint> {
    const { endpoint, secret } = await this.endpoints.rotateSecret(endpointId, { keepMs: keepHours * HOUR_MS });
    return { ...this.shown(endpoint), secret };
  }

  @Post(':endpointId/test')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Post an event of type `WebhookTested` at once, and answer with what was answered.' })
  @Answers(200, attemptAnswer, { refuses: { ...unknown, conflict: ['WEBHOOK_SECRETS_LOST'] } })
  async test(@Param('endpointId', IdParam) endpointId: string): Promise<Attempt> {
    return this.endpoints.test(endpointId);
  }

  @Delete(':endpointId')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Send nothing there any more, and forget what was sent.' })
  @Answers(200, endpointGone, { refuses: unknown })
  async remove(@Param('endpointId', IdParam) endpointId: string): Promise<{ readonly endpointId: string }> {
    await this.endpoints.remove(endpointId);
    return { endpointId };
  }

  private shown(endpoint: CountedEndpoint): ShownEndpoint {
    return shownEndpoint(endpoint, this.now());
  }
}
