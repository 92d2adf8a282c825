"""How the book reasons: pure functions from validated tables to numbers, intervals and charts.

Floor by floor, each importing only from those below it:

* tables; precision; statements; charts.style; findings, exhibits: what every chapter stands on.
* One module per chapter, whose `findings()` says what was found, beside the modules that it
  divides its work into:
  stock;
  survey (nonresponse);
  conventions (treaties, ratifications, participation);
  mechanisms (meeting, census, focus);
  consistency, which is the audit (relations, pairs, discrepancies);
  timeline.
* ledger, readings, jsonld: about the stated figures themselves.
* register: the findings of all chapters.
* charts: one module per chapter, data in and a matplotlib figure out.
"""
