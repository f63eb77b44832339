"""What a chart shows, before anything is drawn: bullets and the path of a target.

Geometry only: positions and ready labels made from assessments. Floats appear here for the first
time; nothing is compared.
"""
