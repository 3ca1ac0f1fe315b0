import { literal } from './tests-values.ts'

/** Tests that what happened is heard of once, and ends among the dead letters where nobody can handle it. */
export const eventTests = (admin: string, heard: readonly string[]): string => `HEARD = [${heard.join(', ')}]
PARAMETERS = ("source", "targets", "shape", "body", "most")


def emit(world: World, source: str, event: Any) -> None:
    """Say that something happened."""
    component, port = source.split(".")

    async def say() -> None:
        async with world.service.database.write() as session:
            await world.service.registry.components[component].sent[port].emit(Call("test", _session=session), event)

    world.run(say())


def listen(world: World, targets: list[str], monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> list[tuple[str, Any]]:
    """Put somebody in the place of handlers who notes what they hear."""
    heard: list[tuple[str, Any]] = []
    for target in targets:
        component, port = target.split(".")

        async def note(_call: Call, body: Any, target: str = target) -> None:
            heard.append((target, body))
            if fails:
                raise RuntimeError("cannot handle it")

        monkeypatch.setattr(world.service.registry.components[component].offered[port], "handle", note)
    return heard


@pytest.mark.parametrize(PARAMETERS, HEARD)
def test_an_event_reaches_each_handler_once(
    world: World, monkeypatch: pytest.MonkeyPatch, source: str, targets: list[str], shape: Any, body: Any, most: int
) -> None:
    heard = listen(world, targets, monkeypatch, fails=False)
    event = shape.model_validate(body)
    emit(world, source, event)
    assert heard == []
    sent = world.rows("runtime_outbox")
    world.settle()
    world.send_again(sent)
    world.settle()
    assert sorted(target for target, _ in heard) == sorted(targets)
    assert all(body == event.model_dump(mode="json", by_alias=False) for _, body in heard)


@pytest.mark.parametrize(PARAMETERS, HEARD)
def test_what_cannot_be_handled_is_a_dead_letter_and_can_be_replayed(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    ${admin}: Person,
    source: str,
    targets: list[str],
    shape: Any,
    body: Any,
    most: int,
) -> None:
    listen(world, targets, monkeypatch, fails=True)
    emit(world, source, shape.model_validate(body))
    for _ in range(most):
        world.settle()
        world.later(minutes=10)
    letters = ${admin}.get("/v1/admin/dead-letters").json()["items"]
    assert sorted(letter["target"] for letter in letters) == sorted(targets)
    heard = listen(world, targets, monkeypatch, fails=False)
    for letter in letters:
        assert ${admin}.post(f"/v1/admin/dead-letters/{letter['id']}/replay").status_code == 202
    world.settle()
    assert len(heard) == len(targets)
    assert ${admin}.get("/v1/admin/dead-letters").json()["items"] == []
`

/** Tests that timers fire when they are due, and when an administrator wishes so. */
export const timerTests = (admin: string, timers: readonly string[], easy: readonly string[]): string => {
  const runs = `@pytest.mark.parametrize("name", [${easy.map(literal).join(', ')}])
def test_an_administrator_runs_a_timer(world: World, ${admin}: Person, name: str) -> None:
    answer = ${admin}.post(f"/v1/admin/timers/{name}/run")
    assert answer.status_code == 200, answer.text
    assert answer.json()["name"] == name
    assert answer.json()["rows"] >= 0
    (timer,) = [each for each in ${admin}.get("/v1/admin/timers").json()["items"] if each["name"] == name]
    assert timer["last_at"] == answer.json()["ran_at"]
    assert timer["last_error"] is None


`
  return `TIMERS = [${timers.map(literal).join(', ')}]


${easy.length ? runs : ''}@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_fires_when_it_is_due(world: World, name: str) -> None:
    world.settle()
    planned = {row["name"]: row for row in world.rows("runtime_timers")}[name]
    assert planned["last_at"] is None
    world.until(planned["next_at"])
    world.settle()
    fired = {row["name"]: row for row in world.rows("runtime_timers")}[name]
    assert fired["last_at"] is not None
    assert fired["next_at"] > planned["next_at"]


def test_there_is_no_other_timer(world: World, ${admin}: Person) -> None:
    assert [each["name"] for each in ${admin}.get("/v1/admin/timers").json()["items"]] == TIMERS
    assert problem(${admin}.post("/v1/admin/timers/no_such_timer/run"), 404) == []
`
}

/** Tests that calls to the outside are recorded, made again, and refused where they may not go. */
export const callTests = (
  admin: string,
  ports: readonly string[],
): string => `CALLS = [${ports.map(literal).join(', ')}]


@pytest.fixture
def listener(world: World) -> Iterator[Listener]:
    made = Listener(world)
    yield made
    made.close()


def send(world: World, address: str, url: str) -> None:
    """Have a URL called."""
    component, port = address.split(".")

    async def call() -> None:
        async with world.service.database.write() as session:
            out = world.service.registry.components[component].sent[port]
            await out.send(Call("test", _session=session), url, {"at": dt.date(2030, 1, 31)}, secret="a secret")

    world.run(call())


@pytest.mark.parametrize("address", CALLS)
def test_a_call_is_signed_recorded_and_made_again(
    world: World, ${admin}: Person, listener: Listener, address: str
) -> None:
    listener.answer = lambda: 500 if len(listener.heard) < 2 else 200
    send(world, address, listener.url)
    assert listener.heard == []
    world.settle()
    world.later(seconds=2)
    world.settle()
    (delivery,) = ${admin}.get("/v1/admin/deliveries?status=delivered").json()["items"]
    assert [attempt["status"] for attempt in delivery["attempts"]] == [500, 200]
    headers, body = listener.heard[0]
    assert json.loads(body) == {"at": "2030-01-31"}
    moment = int(headers["x-signature"].split(",")[0].removeprefix("t="))
    assert headers["x-signature"] == signature("a secret", moment, body)
    assert {headers["idempotency-key"] for headers, _ in listener.heard} == {delivery["id"]}
    assert "a secret" not in ${admin}.get(f"/v1/admin/deliveries/{delivery['id']}").text


@pytest.mark.parametrize("address", CALLS)
def test_a_call_to_a_private_address_is_refused(world: World, ${admin}: Person, address: str) -> None:
    send(world, address, "http://10.0.0.1/")
    world.settle()
    (delivery,) = ${admin}.get("/v1/admin/deliveries").json()["items"]
    assert delivery["status"] == "failed"
    assert "10.0.0.1 is not a public address" in delivery["attempts"][0]["error"]
    assert ${admin}.post(f"/v1/admin/deliveries/{delivery['id']}/retry").status_code == 202
    world.settle()
    assert len(${admin}.get(f"/v1/admin/deliveries/{delivery['id']}").json()["attempts"]) == 2
`

/** Tests that webhooks are stored, handled once, and only heard from whoever can sign. */
export const webhookTests = (admin: string, rows: readonly string[]): string => `WEBHOOKS = [${rows.join(', ')}]
PARTS = ("path", "body", "secret", "once")


def deliver(person: Person, path: str, body: Any, secret: str | None, *, age: int = 0) -> Any:
    """Send a webhook, signed where it must be."""
    content = json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["X-Signature"] = signature(secret, int(time.time()) - age, content)
    return person.post(path, content=content, headers=headers)


@pytest.mark.parametrize(PARTS, WEBHOOKS)
def test_a_webhook_is_stored_and_handled_once(
    world: World, ${admin}: Person, path: str, body: Any, secret: str | None, once: bool
) -> None:
    answers = [deliver(world.anyone, path, body, secret and WEBHOOK_SECRET) for _ in range(2)]
    assert all(answer.status_code < 500 for answer in answers), answers[0].text
    handled = [answer for answer in answers if answer.is_success]
    assert all(answer.json()["received"] for answer in handled)
    stored = ${admin}.get("/v1/admin/webhooks").json()["items"]
    assert [json.loads(each["body"]) for each in stored] == [body, body]
    outcomes = sorted(each["status"] for each in stored)
    if len(handled) < 2:
        assert outcomes == ["failed", "failed"]
        again = ${admin}.post(f"/v1/admin/webhooks/{stored[0]['id']}/retry")
        # What is wrong with the body is the sender's fault, and not the administrator's.
        assert again.status_code == (409 if answers[0].status_code == 422 else answers[0].status_code)
    else:
        assert outcomes == (["handled", "repeated"] if once else ["handled", "handled"])


@pytest.mark.parametrize(PARTS, [each for each in WEBHOOKS if each[2]])
def test_a_webhook_that_is_not_signed_well_is_refused(
    world: World, as_anyone: Person, path: str, body: Any, secret: str | None, once: bool
) -> None:
    assert problem(deliver(as_anyone, path, body, None), 401) == []
    assert problem(deliver(as_anyone, path, body, "another secret"), 401) == []
    assert problem(deliver(as_anyone, path, body, WEBHOOK_SECRET, age=400), 401) == []
    assert world.count("runtime_webhooks") == 0
`
