from django.urls import path

from reports.views.reading import behind, compare, index, like_mine, matrix, next_rating

urlpatterns = [
    path("compare/", index.compare, name="compare"),
    path("compare/authorities/", compare.compare_authorities, name="compare-authorities"),
    path("compare/like-mine/", like_mine.like_mine, name="like-mine"),
    path("compare/matrix/", matrix.matrix, name="matrix"),
    path("learn/", index.learn, name="learn"),
    path("learn/findings/", behind.behind_number, name="behind"),
    path("learn/next-rating/", next_rating.next_rating, name="next-rating"),
]
