"""Do the books and a statement agree on its last day, and if not, what lies between them?"""

from dataclasses import dataclass
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor, Refused
from contracts.finance import GetReconciliation, Part, ReconciliationView, StatementRow
from services.finance.read_models.ledger_sums import SUMS, Wanted, moved
from services.finance.read_models.money_entries import MONEY_ENTRIES
from services.finance.read_models.statements import STATEMENT_LINES, STATEMENT_MATCHES, STATEMENTS
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database

_ENTRIES = f"""
WITH of_account AS (
    SELECT undone, nets[array_position(accounts, $1::text)] AS net,
           shown_statements[array_position(shown_accounts, $1::text)] AS statement_id
    FROM "{MONEY_ENTRIES.table}" WHERE accounts @> ARRAY[$1::text] AND on_day <= $2
)
SELECT CASE WHEN s.statement_id IS NULL AND undone THEN 'taken_back'
            WHEN s.statement_id IS NULL THEN 'not_on_statement'
            WHEN s.money_account <> $3 THEN 'on_other_accounts'
            WHEN s.to_day > $2 THEN 'on_later_statement' END AS part,
       count(*), coalesce(sum(net), 0)::bigint
FROM of_account LEFT JOIN "{STATEMENTS.table}" s USING (statement_id) GROUP BY 1
"""
"""Entries of the ledger account $1 to the day $2, told apart by which statement shows them; None: one of $3 to $2."""
_LINES = f"""
WITH lines AS (
    SELECT p.statement_id, line.number, line.amount
    FROM "{STATEMENTS.table}" s JOIN "{STATEMENT_LINES.table}" p USING (statement_id),
         unnest(p.amounts) WITH ORDINALITY AS line(amount, number)
    WHERE s.money_account = $3 AND s.to_day <= $2
)
SELECT count(*), coalesce(sum(amount), 0)::bigint FROM lines
WHERE NOT EXISTS (SELECT FROM "{STATEMENT_MATCHES.table}" m WHERE m.statement_id = lines.statement_id
                  AND m.line_number = lines.number AND m.entries <> '{{}}') AND $1::text IS NOT NULL
"""
_LATER = f"""
SELECT count(*), coalesce(sum(e.nets[array_position(e.accounts, $1::text)]), 0)::bigint
FROM "{MONEY_ENTRIES.table}" e
JOIN "{STATEMENTS.table}" s ON s.statement_id = e.shown_statements[array_position(e.shown_accounts, $1::text)]
WHERE e.accounts @> ARRAY[$1::text] AND e.on_day > $2 AND s.money_account = $3 AND s.to_day <= $2
"""
_STATEMENT = f'SELECT * FROM "{STATEMENTS.table}" WHERE statement_id = $1'
_FIRST = f'SELECT opening_vnd FROM "{STATEMENTS.table}" WHERE money_account = $1 ORDER BY from_day LIMIT 1'
_PARTS = ("not_on_statement", "taken_back", "on_later_statement", "on_other_accounts")


@dataclass(frozen=True)
class _Reconciliation:
    """The statement's last day in the books and on paper."""

    query: GetReconciliation

    async def read(self, database: Database) -> ReconciliationView:
        """Read and compare; raise Refused for a statement that is none."""
        record = await database.fetchrow(_STATEMENT, self.query.statement_id)
        if record is None:
            raise Refused(words_of.STATEMENT_UNKNOWN, statement_id=self.query.statement_id)
        statement = as_row(StatementRow, record, None)
        assert isinstance(statement, StatementRow)
        place = (statement.account, statement.to_day, statement.money_account)
        sums = await moved(database, statement.to_day, statement.to_day, Wanted(account=statement.account))
        of_account = (part for part in sums if part.account == statement.account)
        books = sum(part.opening_vnd + part.debit_vnd - part.credit_vnd for part in of_account)
        found = {name: (count, amount) for name, count, amount in await database.fetch(_ENTRIES, *place)}
        parts = {name: _part(found.get(name, (0, 0))) for name in _PARTS}
        not_in_books = _part(await database.fetchrow(_LINES, *place))
        later = _part(await database.fetchrow(_LATER, *place))
        first = int(await database.fetchval(_FIRST, statement.money_account))
        told = sum(part.amount_vnd for part in parts.values()) - not_in_books.amount_vnd - later.amount_vnd - first
        difference = books - statement.closing_vnd
        return ReconciliationView(
            statement=statement,
            statement_vnd=statement.closing_vnd,
            books_vnd=books,
            difference_vnd=difference,
            **parts,
            not_in_books=not_in_books,
            in_books_later=later,
            before_first_vnd=first,
            unexplained_vnd=difference - told,
        )


def _part(found: Any) -> Part:
    return Part(count=found[0], amount_vnd=found[1])


def _get(query: GetReconciliation, actor: Actor) -> _Reconciliation:
    return _Reconciliation(query)


GET_RECONCILIATION = QueryRule(
    GetReconciliation, (STATEMENTS, STATEMENT_LINES, STATEMENT_MATCHES, MONEY_ENTRIES, *SUMS), _get
)
