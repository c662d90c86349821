import { Answers, causalGraph, IdParam, type CausalGraph } from '@cartage/service-kit';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AuditOrder } from '../app/audit';

export const AUDIT_ORDER = Symbol('audit order');

/** What people look at who answer for an order. */
@ApiTags('orders')
@Controller('orders/:orderId')
export class DeskController {
  constructor(@Inject(AUDIT_ORDER) private readonly auditOrder: AuditOrder) {}

  @Get('audit')
  @ApiOperation({ summary: 'Every event of an order in all services: who asked, in which command, by which rules, and what led to what.' })
  @Answers(200, causalGraph, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  audit(@Param('orderId', IdParam) orderId: string): Promise<CausalGraph> {
    return this.auditOrder(orderId);
  }
}
