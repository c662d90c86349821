import { Answers, IsCode, limitOf, PageQuery, pageOf, readCursor, Within, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { ExchangeRow, ListExchanges } from '../app/exchange-list';
import { exchangeStatuses, type ExchangeStatus } from '../domain/exchange';
import { exchangePage } from './exchanges.answers';

export const LIST_EXCHANGES = Symbol('list of exchanges');

export class ExchangeQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ enum: exchangeStatuses })
  @IsOptional()
  @IsIn(exchangeStatuses)
  readonly status?: ExchangeStatus;

  @ApiPropertyOptional({ format: 'uuid', description: 'The order whose goods come back.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;
}

@ApiTags('returns')
@Controller('returns/exchanges')
export class ExchangesController {
  constructor(@Inject(LIST_EXCHANGES) private readonly listExchanges: ListExchanges) {}

  @Get()
  @Within('query.channel')
  @ApiOperation({ summary: 'Exchanges, newest first; those that are overdue or short wait for a person.' })
  @Answers(200, exchangePage)
  async list(@Query() query: ExchangeQueryDto): Promise<Page<ExchangeRow>> {
    const rows = await this.listExchanges(query, readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(rows, query, ({ requestedAt, exchangeId }) => [requestedAt, exchangeId]);
  }
}
