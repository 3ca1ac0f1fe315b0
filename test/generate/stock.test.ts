import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { planned } from './planned.ts'
import { type Caller, type System, startSystem } from './system.ts'

const SAID =
  'A shop sells products with a name and a stock. Customers order products. When a product is ordered, its stock goes down by one.'

for (const restorable of [false, true])
  describeOnEach(
    `a stock that goes down with each order${restorable ? ', of products that can be restored' : ''}`,
    (createDatabase) => {
      let system: System
      let admin: Caller

      beforeAll(async () => {
        system = await startSystem({
          yaml: planned(restorable ? `${SAID} Deleted products can be restored.` : SAID),
          database: await createDatabase(),
        })
        admin = await system.admin()
      })
      afterAll(() => system?.stop())

      it('goes down by twenty where twenty order at once', async () => {
        const product = await admin.ask('POST', '/v1/products', { name: 'Lamp', stock: 30 })
        expect(product.status, JSON.stringify(product.body)).toBe(201)
        const buyers = await Promise.all(Array.from({ length: 20 }, (_, at) => system.person(`buyer${at}`)))
        const answers = await Promise.all(
          buyers.map((buyer) => buyer.ask('POST', '/v1/orders', { product_id: product.body.id })),
        )
        expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body)).toEqual([])
        expect((await admin.ask('GET', `/v1/products/${product.body.id}`)).body.stock).toBe(10)
      })
    },
  )
