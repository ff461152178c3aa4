from django.urls import path

from reports.views.reading import (
    behind,
    compare,
    evidence_map,
    figures,
    index,
    language,
    like_mine,
    matrix,
    next_rating,
    over_time,
    practice,
    side_by_side,
    tensions,
)

urlpatterns = [
    path("compare/", index.compare, name="compare"),
    path("compare/scores/", side_by_side.side_by_side, name="side-by-side"),
    path("compare/profiles/", compare.compare_authorities, name="compare-authorities"),
    path("compare/like-mine/", like_mine.like_mine, name="like-mine"),
    path("compare/matrix/", matrix.matrix, name="matrix"),
    path("compare/over-time/", over_time.over_time, name="over-time"),
    path("learn/", index.learn, name="learn"),
    path("learn/method/", index.method, name="reading-method"),
    path("learn/practice/", practice.practice, name="practice"),
    path("learn/next-rating/", next_rating.next_rating, name="next-rating"),
    path("learn/language/", language.score_language, name="language"),
    path("learn/language/sentences/", language.sentences, name="sentences"),
    path("learn/evidence-map/", evidence_map.evidence_map, name="evidence-map"),
    path("learn/figures/", figures.figures, name="figures"),
    path("learn/tensions/", tensions.tensions, name="tensions"),
    path("learn/behind/", behind.behind_number, name="behind"),
]
