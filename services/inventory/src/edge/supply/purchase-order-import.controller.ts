import { integer, list, nullable, object, text } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answerOf, Answers, CommandMeta, TakesUpload, Uploaded, type Upload } from '@cartage/service-kit';
import { Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PurchaseOrders } from '../../app/supply/purchase-orders';
import { importPurchaseOrders, type PurchaseOrderImportReport } from './purchase-order-import';
import { PURCHASE_ORDERS } from './purchase-orders.controller';
import { PurchaseOrderImportQuery } from './purchase-orders.dto';

const report = answerOf<PurchaseOrderImportReport>()(
  'PurchaseOrderImport',
  object({
    records: integer('Records that were looked at.'),
    changed: integer('Lines that were ordered, or ordered otherwise.'),
    unchanged: integer('Lines that stood so already.'),
    rejected: integer('Records that are wrong. The others were taken all the same.'),
    errors: list(
      object({
        line: integer('On which the record ends; of a CSV file the header is line 1.'),
        purchaseOrder: nullable(text('As it was sent.')),
        field: text('JSON path in the record; empty: the record as a whole.'),
        code: text(),
        message: text(),
      }),
      'What is wrong, up to 1,000 faults.',
    ),
  }),
);

@ApiTags('supply')
@Controller('inventory/purchase-orders')
export class PurchaseOrderImportController {
  constructor(@Inject(PURCHASE_ORDERS) private readonly orders: PurchaseOrders) {}

  @Post('import')
  @TakesUpload(
    'A line of a purchase order on each line (`application/x-ndjson`), or a row for each (`text/csv`): `purchaseOrder`, `supplier`, `lineId`, `sku`, `location`, `quantity`, `expectedAt`.',
  )
  @ApiOperation({
    summary: 'Orders all lines of a file, of any size; lines that it does not name stay. Sent again it goes on where it broke off.',
  })
  @Answers(200, report)
  import(
    @Uploaded() upload: Upload,
    @Query() { fromLine }: PurchaseOrderImportQuery,
    @CommandMeta() meta: Meta,
  ): Promise<PurchaseOrderImportReport> {
    return importPurchaseOrders(this.orders, upload, fromLine ?? 1, meta);
  }
}
