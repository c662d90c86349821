import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, Headers, IsSku } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Repaired, Repairs } from '../../app/repairs';
import type { Verification, Verified } from '../../app/verification';
import { repaired, verified } from './verification.answers';

export const VERIFICATION = Symbol('Verification');
export const REPAIRS = Symbol('Repairs');

export class VerificationQuery {
  @ApiPropertyOptional({ example: '85123A', description: 'Only this SKU; absent: all.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;
}

export class StockRepairDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;
}

@ApiTags('stock')
@Controller('inventory')
export class VerificationController {
  constructor(
    @Inject(VERIFICATION) private readonly verification: Verification,
    @Inject(REPAIRS) private readonly repairs: Repairs,
  ) {}

  @Get('verify')
  @ApiOperation({ summary: 'Recounts all stock: ledger, log and claims must say one thing. Names what is behind each difference.' })
  @Answers(200, verified)
  verify(@Query() { sku }: VerificationQuery): Promise<Verified> {
    return this.verification.verify(sku);
  }

  @Post('verify/repairs')
  @ApiOperation({
    summary: 'Sets right what of a SKU drifted, and tells so: units on hand as an adjustment, everything else as the log says.',
  })
  @Answers(201, repaired, {
    headers: [Headers.position, Headers.repeated],
    refuses: { unknown: ['SKU_UNKNOWN'], conflict: ['DRIFT_NOT_REPAIRABLE'], invalid: ['KIT_HAS_NO_STOCK'] },
  })
  async repair(
    @Body() { sku }: StockRepairDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Repaired> {
    const { answer, position, repeated } = await this.repairs.repair(sku, meta);
    if (position !== '') reply.header(Headers.position, position);
    if (repeated) reply.header(Headers.repeated, 'true');
    return answer;
  }
}
