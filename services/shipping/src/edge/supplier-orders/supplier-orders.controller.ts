import { Answers, IdParam, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SupplierOrders } from '../../app/supplier-orders/supplier-orders';
import { shownSupplierOrder, type ShownSupplierOrder } from '../../app/supplier-orders/supplier-order-shown';
import { supplierOrderAnswer, supplierOrderPage } from './supplier-orders.answers';
import { SupplierOrdersQueryDto } from './supplier-orders.dto';

export const SUPPLIER_ORDERS = Symbol('supplier orders');
export const SUPPLIER_CLOCK = Symbol('clock of supplier orders');

@ApiTags('partners')
@Controller('shipping/supplier-orders')
export class SupplierOrdersController {
  constructor(
    @Inject(SUPPLIER_ORDERS) private readonly orders: SupplierOrders,
    @Inject(SUPPLIER_CLOCK) private readonly now: () => Date,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What is ordered of suppliers that send it themselves, and what they may bill; the newest first.' })
  @Answers(200, supplierOrderPage)
  async list(@Query() { limit, cursor, ...filter }: SupplierOrdersQueryDto): Promise<Page<ShownSupplierOrder>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const rows = await this.orders.list(filter, { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) });
    const shown = rows.map((order) => shownSupplierOrder(order, this.now()));
    return pageOf(shown, { limit }, ({ drawnUpAt, supplierOrderId }) => [drawnUpAt, supplierOrderId]);
  }

  @Get(':supplierOrderId')
  @ApiOperation({ summary: 'One of them as it stands: what became of each line, and its notices of shipment.' })
  @Answers(200, supplierOrderAnswer, { refuses: { unknown: ['SUPPLIER_ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async get(@Param('supplierOrderId', IdParam) supplierOrderId: string): Promise<ShownSupplierOrder> {
    return shownSupplierOrder(await this.orders.get(supplierOrderId), this.now());
  }
}
