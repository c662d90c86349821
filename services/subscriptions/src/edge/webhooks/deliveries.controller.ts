import { Answers, IdParam, limitOf, Needs, NoPreview, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Deliveries, ShownDelivery } from '../../app/webhooks/deliveries';
import type { LoggedDelivery } from '../../app/webhooks/delivery-table';
import { deliveryAnswer, deliveryPage, redeliveriesAnswer } from './webhooks.answers';
import { DeliveriesQuery, RedeliveriesDto } from './webhooks.dto';

export const WEBHOOK_DELIVERIES = Symbol('webhook deliveries');

const unknownEndpoint = ['WEBHOOK_ENDPOINT_UNKNOWN'];
const unknown = { unknown: ['WEBHOOK_DELIVERY_UNKNOWN', ...unknownEndpoint] };

@ApiTags('webhooks')
@Controller('subscriptions/webhook-endpoints/:endpointId')
export class WebhookDeliveriesController {
  constructor(@Inject(WEBHOOK_DELIVERIES) private readonly deliveries: Deliveries) {}

  @Get('deliveries')
  @Needs('events:read')
  @ApiOperation({ summary: 'What was sent to an endpoint, and what waits, newest events first. Forgotten after WEBHOOK_LOG_DAYS.' })
  @Answers(200, deliveryPage, { refuses: { unknown: unknownEndpoint } })
  async list(@Param('endpointId', IdParam) endpointId: string, @Query() query: DeliveriesQuery): Promise<Page<LoggedDelivery>> {
    const after = readCursor(query.cursor, 'digits', 'uuid');
    const lines = await this.deliveries.list(endpointId, { status: query.status, after, limit: limitOf(query) + 1 });
    return pageOf(lines, query, ({ position, deliveryId }) => [position, deliveryId]);
  }

  @Get('deliveries/:deliveryId')
  @Needs('events:read')
  @ApiOperation({ summary: 'One delivery: the event that is sent, and what was answered each time.' })
  @Answers(200, deliveryAnswer, { refuses: unknown })
  async get(@Param('endpointId', IdParam) endpointId: string, @Param('deliveryId', IdParam) deliveryId: string): Promise<ShownDelivery> {
    return this.deliveries.find(endpointId, deliveryId);
  }

  @Post('deliveries/:deliveryId/redelivery')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({
    summary: 'Send it again, under the same `webhook-id`, as soon as its turn comes; or at once what waits for its next try.',
  })
  @Answers(202, deliveryAnswer, { refuses: unknown })
  async redeliver(
    @Param('endpointId', IdParam) endpointId: string,
    @Param('deliveryId', IdParam) deliveryId: string,
  ): Promise<ShownDelivery> {
    return this.deliveries.redeliver(endpointId, deliveryId);
  }

  @Post('redeliveries')
  @Needs('events:write')
  @NoPreview()
  @ApiOperation({ summary: 'Send again what was given up, or also what was delivered, since a time.' })
  @Answers(202, redeliveriesAnswer, { refuses: { unknown: unknownEndpoint, invalid: ['WEBHOOK_REDELIVERY_TOO_LARGE'] } })
  async redeliverAll(
    @Param('endpointId', IdParam) endpointId: string,
    @Body() { since, status = ['given-up'] }: RedeliveriesDto,
  ): Promise<{ readonly count: number }> {
    return { count: await this.deliveries.redeliverAll(endpointId, { since, statuses: status }) };
  }
}
