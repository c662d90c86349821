import { IsCode, IsId, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { matters, type Matter } from '../app/attention';
import { paymentStatuses, type PaymentStatus } from '../app/views/payment-summary';

export class ReviewsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;
}

export class PaymentsQuery extends ReviewsQuery {
  @ApiPropertyOptional({ enum: paymentStatuses })
  @IsOptional()
  @IsIn(paymentStatuses)
  readonly status?: PaymentStatus;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Payments of orders of which something left this location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ description: 'Payments of one customer.' })
  @IsOptional()
  @IsId(200)
  readonly customerId?: string;

  @ApiPropertyOptional({ enum: [...matters, 'any'], description: 'Payments with something that waits for somebody, or for another try.' })
  @IsOptional()
  @IsIn([...matters, 'any'])
  readonly attention?: Matter | 'any';
}

export class AsOfQuery {
  @ApiPropertyOptional({ example: '2026-11-02T10:00:00Z', description: 'As it stood then: an ISO 8601 time with its zone, or a version.' })
  @IsOptional()
  @IsString()
  readonly asOf?: string;
}
