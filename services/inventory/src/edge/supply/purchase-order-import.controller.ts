import type { Meta } from '@cartage/eventsourcing';
import { importReportShape, ImportQuery, answerOf, Answers, CommandMeta, TakesUpload, Uploaded, type Upload } from '@cartage/service-kit';
import { Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PurchaseOrders } from '../../app/supply/purchase-orders';
import { importPurchaseOrders, type PurchaseOrderImportReport } from './purchase-order-import';
import { PURCHASE_ORDERS } from './purchase-orders.controller';

const report = answerOf<PurchaseOrderImportReport>()(
  'PurchaseOrderImport',
  importReportShape('purchaseOrder', {
    changed: 'Lines that were ordered, or ordered otherwise.',
    unchanged: 'Lines that stood so already.',
  }),
);

@ApiTags('supply')
@Controller('inventory/purchase-orders')
export class PurchaseOrderImportController {
  constructor(@Inject(PURCHASE_ORDERS) private readonly orders: PurchaseOrders) {}

  @Post('import')
  @TakesUpload(
    'A line of a purchase order on each line (`application/x-ndjson`), or a row for each (`text/csv`): `purchaseOrder`, `supplier`, `lineId`, `sku`, `location`, `quantity`, `expectedAt`, `cost.amount`, `cost.currency`.',
  )
  @ApiOperation({
    summary: 'Orders all lines of a file, of any size; lines that it does not name stay. Sent again it goes on where it broke off.',
  })
  @Answers(200, report)
  import(@Uploaded() upload: Upload, @Query() { fromLine }: ImportQuery, @CommandMeta() meta: Meta): Promise<PurchaseOrderImportReport> {
    return importPurchaseOrders(this.orders, upload, fromLine ?? 1, meta);
  }
}
