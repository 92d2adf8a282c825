"""How the book reasons: pure functions from validated tables to numbers, intervals and charts.

Each chapter is one room, and no room knows another:

* stock: estimates of the migrant stock, growth, revisions.
* borders: world, with and without successor States; areas and hosts.
* vintages: revisions of countries' stock from edition to edition.
* survey: replies of Governments.
* respondents: stakes of those who replied, chance, positions that follow.
* preferences: what they asked for, hedge by hedge, and what the Dialogue answered.
* conventions: ratifications, participation.
* coverage: joiners, on shares.
* mechanisms: meeting, lists; focus and census, the methods they use.
* agenda: five agendas coded twice; which themes entered, stayed, were dropped.
* audit: relations and pairs, verdicts on the figures, discrepancies.
* timeline: events.

A room holds its computations (data frame in, data frame or number out), `findings` (what the
chapter found, as sentences that hold computed numbers), `tables` (what readers see: names, heads,
units) and `figures` (data in, a matplotlib figure out). Computations know ids; only tables, figures
and sentences have words for readers.

Rooms stand on the ground, floor by floor:

* files: the files of the data package as text. tables: the package, loaded and validated.
  precision: what a rounded figure can mean.
* statements: stated figures. days: partial dates. words: numbers and dates as readers write them.
  style, drawings, markup: one hand for all figures and tables. marks: which rows they show.
* findings, exhibits: what each chapter hands on. cells: the data of an exhibit, typed. inquiry,
  migrants, nonresponse, treaties: records and methods that several need. readings, sources, jsonld:
  about the documents and the ledger.

`register` alone sees all: the findings of every chapter. The contracts in `pyproject.toml` hold
imports to this.
"""
