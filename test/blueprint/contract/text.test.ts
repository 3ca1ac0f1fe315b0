import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { joinContract, splitContract } from '../../../pipeline/blueprint/contract/text.ts'

const petstore = readFileSync(new URL('../../fixtures/contracts/petstore.yaml', import.meta.url), 'utf8')

describe('splitContract', () => {
  it('gives back what was joined', () => {
    expect(splitContract(joinContract('Build this', petstore))).toEqual({ words: 'Build this', contract: petstore })
  })
  it('finds a file that was pasted, as a whole or between fences', () => {
    expect(splitContract(petstore)).toEqual({ words: '', contract: petstore })
    expect(splitContract(`Build this API\n\`\`\`yaml\n${petstore}\`\`\``)).toEqual({
      words: 'Build this API',
      contract: petstore,
    })
  })
  it('finds none in ordinary words', () => {
    expect(splitContract('Build me an openapi: editor with ```code```')).toBeUndefined()
  })
})
