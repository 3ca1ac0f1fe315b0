import { describe, expect, it } from 'vitest'
import { wordsOfExpression } from '../../pipeline/expressions/words.ts'

describe('expressions in words', () => {
  it.each([
    ['!loan.returned && loan.due_on < today()', 'not returned and due on is before today'],
    ['this.state in ["open", "lent"]', 'state is open or lent'],
    ['this.status != "cancelled"', 'status is not cancelled'],
    ['me != null', 'somebody is signed in'],
    ['this.returned_at == null', 'returned at is not given'],
    ['this.owner_id == me.id', 'owner is the caller'],
    ['this.book.title == params.title', "book's title is the given title"],
    [
      'old.created_at < now - duration("168h") && old.state == "shut"',
      'created at is before 7 days ago and state is shut',
    ],
    ['loan.due_date == day(now + duration("48h"))', 'due date is 2 days from now'],
    ['week(loan.due_date) == week(today())', 'the week of due date is this week'],
    ['now - minutes(1) < this.at', '1 minute ago is before at'],
    [
      'subscription.parcel_id == null || subscription.parcel_id == this.id',
      "the subscription's parcel is not given or the subscription's parcel is this one",
    ],
    ['this.amount >= 100 && (this.a || !this.b)', 'amount is at least 100 and (a or not b)'],
    ['this.title.size() > 3', 'this.title.size() is more than 3'],
    ['this.cancelled_at != null && was.cancelled_at == null', 'cancelled at is given and cancelled at was not given'],
    ['this.price != was.price', 'price is another than before'],
    ['this.price > was.price', 'price is more than before'],
    ['this.stock < 5 && was.stock >= 5', 'stock is less than 5 and stock was at least 5'],
    ['this.paid && !was.paid', 'paid and not paid before'],
    ['Loan.exists(l, l.book_id == this.id)', 'Loan.exists(l, l.book_id == this.id)'],
  ])('%s', (text, words) => {
    expect(wordsOfExpression(text)).toBe(words)
  })

  it('refuses what is no expression', () => {
    expect(() => wordsOfExpression('this.')).toThrow()
  })
})
