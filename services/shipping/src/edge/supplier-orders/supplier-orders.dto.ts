import { IsCode, IsTruth, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { supplierOrderStatuses, type SupplierOrderStatus } from '../../domain/supplier-orders/supplier-order';

export class SupplierOrdersQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: supplierOrderStatuses })
  @IsOptional()
  @IsIn(supplierOrderStatuses)
  readonly status?: SupplierOrderStatus;

  @ApiPropertyOptional({ example: 'lamp-works', description: 'The partner.' })
  @IsOptional()
  @IsCode()
  readonly supplier?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'Those that were not answered, or not shipped, in time; or only the others.' })
  @IsOptional()
  @IsTruth()
  readonly overdue?: boolean;
}
