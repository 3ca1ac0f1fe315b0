import { describe, expect, it } from 'vitest'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

const draftOf = (request: string) => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return plan
}

const SHOP = 'Products have a name, a price and a stock. Orders have a quantity and belong to a product.'

describe('what happens when something is done', () => {
  it.each([
    'When an order is placed, the stock goes down. When it is cancelled, the stock goes up.',
    'When an order is placed the stock goes down. When an order is cancelled the stock goes up again.',
  ])('is carried out, and is no field, with a comma or without: %s', (said) => {
    const { architecture, notCarried } = draftOf(`${SHOP} ${said}`)
    expect(notCarried).toEqual([])
    expect(Object.keys(architecture.models.Order!.fields)).toEqual([
      'id',
      'product_id',
      'quantity',
      'status',
      'created_at',
      'updated_at',
    ])
    // A step with no way back: what is cancelled gives back what it took, and gives it back once.
    expect(Object.keys(architecture.models.Order!.on!)).toEqual(['create'])
    expect(architecture.models.Order!.states!.transitions.cancel).toMatchObject({
      from: ['active'],
      to: 'cancelled',
      do: [{ each: { model: 'Product', do: [{ set: { values: { stock: 'product.stock + this.quantity' } } }] } }],
    })
  })

  it('is named where it was not understood', () => {
    const { architecture, notCarried } = draftOf(`${SHOP} When an order is cancelled, it goes up again.`)
    expect(Object.keys(architecture.models.Order!.fields)).not.toContain('it_goes_up_again')
    expect(notCarried.join()).toContain('it goes up again')
  })
})

it('does not name as lost what a later sentence made possible', () => {
  const { architecture, notCarried } = draftOf(
    'Songs have a title. Show the top 10 songs by likes. Users can like songs.',
  )
  expect(architecture.components.songs!.ports.api).toHaveProperty('views.top')
  expect(notCarried).toEqual([])
})

it('knows the formats of sound and film', () => {
  const { architecture } = draftOf('Songs have a title and an audio file (mp3, ogg or flac, at most 10 MB).')
  expect(Object.values(architecture.models.Song!.fields).flatMap(({ file }) => file?.types ?? [])).toEqual([
    'audio/mpeg',
    'audio/ogg',
    'audio/flac',
    'audio/x-flac',
  ])
})
